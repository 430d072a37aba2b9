// What every page needs. Pages work without it; this makes them quicker and quieter.
import { countDown } from "./countdown.js";
import { countCash } from "./counter.js";
import { copyTexts } from "./copying.js";
import { dragCards } from "./board.js";
import { keepDrafts } from "./drafts.js";
import { openDialogs } from "./dialogs.js";
import { guardForms } from "./forms.js";
import { showFailures } from "./failures.js";
import { closeMenus } from "./menus.js";
import { oneKey } from "./keys.js";
import { keepForms } from "./kept_forms.js";
import { easeLists } from "./lists.js";
import { printWhole } from "./printing.js";
import { tellPlace } from "./punching.js";
import { searchBox } from "./search.js";
import { showTab } from "./tabs.js";
import { planTrips } from "./trips.js";
import { easeVisits } from "./visiting.js";

openDialogs();
guardForms();
showFailures();
closeMenus();
easeLists();
printWhole();
tellPlace();
keepDrafts();
searchBox();
copyTexts();
dragCards();
countDown();
countCash();
oneKey();
showTab();
planTrips();
keepForms(); // what a form brings with it is there by now
easeVisits();
