// What every page needs. Pages work without it; this makes them quicker and quieter.
import { copyTexts } from "./copying.js";
import { keepDrafts } from "./drafts.js";
import { openDialogs } from "./dialogs.js";
import { guardForms } from "./forms.js";
import { showFailures } from "./failures.js";
import { closeMenus } from "./menus.js";
import { easeLists } from "./lists.js";
import { printWhole } from "./printing.js";
import { searchBox } from "./search.js";

openDialogs();
guardForms();
showFailures();
closeMenus();
easeLists();
printWhole();
keepDrafts();
searchBox();
copyTexts();
