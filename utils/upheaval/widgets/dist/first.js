/* made by `python start.py bundle` from utils/upheaval/widgets/front/first.ts; edit that, not this */
(()=>{try{document.cookie}catch{}})();
