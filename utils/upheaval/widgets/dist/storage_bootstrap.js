/* made by `python start.py bundle` from utils/upheaval/widgets/core/storage_bootstrap.ts; edit that, not this */
(()=>{try{document.cookie}catch{}})();
