/* made by `python start.py bundle` from utils/upheaval/widgets/core/scripts_run.ts; edit that, not this */
(()=>{var t=document.documentElement;t.setAttribute("data-scripts","");addEventListener("load",()=>{t.hasAttribute("data-faces")||t.removeAttribute("data-scripts")});})();
