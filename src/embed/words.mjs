// What is said where the portal itself cannot be shown: it has to be there when no other sentence is.

/** By reason: what is so, what can be done, and the act. */
export const WORDS = {
  en: {
    open: "Open in a new tab",
    again: "Try again",
    parent: ["This page may not show your customer pages", "The page around this one is not among those that may. You can open them on their own."],
    version: ["Your customer pages cannot be shown here", "This page and ours are of different versions. You can open yours on their own."],
    silent: ["Your customer pages cannot be shown here yet", "The page around this one has not answered. You can open them on their own."],
    nobody: ["You are not signed in here", "Sign in on this page and your messages, choices and data appear. Or open your customer pages on their own."],
    refused: ["You could not be signed in here", "This page could not say who you are. You can open your customer pages on their own."],
    unreachable: ["We cannot be reached just now", "Your connection may be weak, or we are having trouble. Nothing is lost."],
  },
  de: {
    open: "In einem neuen Tab öffnen",
    again: "Noch einmal versuchen",
    parent: ["Diese Seite darf Ihre Kundenseiten nicht zeigen", "Die Seite um diese herum gehört nicht zu denen, die es dürfen. Sie können sie für sich öffnen."],
    version: ["Ihre Kundenseiten können hier nicht gezeigt werden", "Diese Seite und unsere haben verschiedene Versionen. Sie können Ihre Seiten für sich öffnen."],
    silent: ["Ihre Kundenseiten können hier noch nicht gezeigt werden", "Die Seite um diese herum hat nicht geantwortet. Sie können sie für sich öffnen."],
    nobody: ["Sie sind hier nicht angemeldet", "Melden Sie sich auf dieser Seite an, dann erscheinen Ihre Nachrichten, Einstellungen und Daten. Oder öffnen Sie Ihre Kundenseiten für sich."],
    refused: ["Sie konnten hier nicht angemeldet werden", "Diese Seite konnte nicht sagen, wer Sie sind. Sie können Ihre Kundenseiten für sich öffnen."],
    unreachable: ["Wir sind gerade nicht erreichbar", "Ihre Verbindung ist vielleicht schwach, oder bei uns gibt es eine Störung. Es ist nichts verloren."],
  },
  ar: {
    open: "افتح في علامة تبويب جديدة",
    again: "حاول مرة أخرى",
    parent: ["لا يجوز لهذه الصفحة عرض صفحاتك كعميل", "الصفحة المحيطة ليست من الصفحات المسموح لها. يمكنك فتح صفحاتك وحدها."],
    version: ["لا يمكن عرض صفحاتك كعميل هنا", "هذه الصفحة وصفحاتنا من إصدارين مختلفين. يمكنك فتح صفحاتك وحدها."],
    silent: ["لا يمكن عرض صفحاتك كعميل هنا بعد", "لم تُجب الصفحة المحيطة. يمكنك فتح صفحاتك وحدها."],
    nobody: ["لم تسجّل الدخول هنا", "سجّل الدخول في هذه الصفحة لتظهر رسائلك واختياراتك وبياناتك. أو افتح صفحاتك كعميل وحدها."],
    refused: ["تعذّر تسجيل دخولك هنا", "لم تستطع هذه الصفحة أن تقول من أنت. يمكنك فتح صفحاتك كعميل وحدها."],
    unreachable: ["لا يمكن الوصول إلينا الآن", "قد يكون اتصالك ضعيفًا أو لدينا عطل. لم يضِع شيء."],
  },
};
