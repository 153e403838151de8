/* made by `python start.py bundle` from utils/upheaval/widgets/core/scripts_run.ts; edit that, not this */
(()=>{var t=document.documentElement;t.setAttribute("data-scripts","");addEventListener("load",()=>{if(!t.hasAttribute("data-faces"))return t.removeAttribute("data-scripts");for(let e of document.querySelectorAll(".face-asleep"))e.hidden=!0});})();
