use super::*;

fn made(what: &'static str, brotli: usize) -> Part {
    Part {
        what,
        file: String::new(),
        raw: brotli,
        gzip: brotli,
        brotli,
    }
}

fn sizes(common: Vec<Part>, screens: &[(&str, &[Part])]) -> Sizes {
    let screens = screens
        .iter()
        .map(|(name, parts)| ((*name).to_owned(), parts.to_vec()));
    Sizes {
        common,
        screens: screens.collect(),
        first: BTreeMap::new(),
        frame: Vec::new(),
    }
}

fn named(file: &str, brotli: usize) -> Part {
    Part {
        file: file.to_owned(),
        ..made("program", brotli)
    }
}

#[test]
fn what_is_over_its_budget_is_named() {
    let sizes = sizes(
        vec![made("boot", BOOT_BUDGET + 1), made("style", CSS_BUDGET)],
        &[],
    );
    let said = format!("boot has {} bytes of {BOOT_BUDGET}", BOOT_BUDGET + 1);
    assert_eq!(sizes.over(&BUDGET), [said]);
}

#[test]
fn a_first_screen_is_what_every_screen_needs_and_its_own() {
    let sizes = sizes(
        vec![made("program", BUDGET.entry)],
        &[("overview", &[named("a", 1)])],
    );
    assert_eq!(sizes.whole("overview"), BUDGET.entry + 1);
    assert_eq!(sizes.over(&BUDGET).len(), 1);
}

#[test]
fn what_the_overview_has_brought_is_not_needed_again() {
    let [shared, own] = [named("shared", 20_000), named("own", BUDGET.further + 1)];
    let help = [shared.clone(), own];
    let sizes = sizes(Vec::new(), &[("overview", &[shared]), ("help", &help)]);
    assert_eq!(sizes.further("help"), BUDGET.further + 1);
    assert_eq!(sizes.further("overview"), 0);
    assert_eq!(sizes.over(&BUDGET).len(), 1);
}

#[test]
fn a_file_is_named_by_its_part_in_the_screen() {
    let kinds = [
        "assets/boot-1.js",
        "assets/portal-1.js",
        "assets/portal-1.wasm",
        "assets/main-1.css",
    ]
    .map(kind);
    assert_eq!(kinds, ["boot", "glue", "program", "style"]);
}
