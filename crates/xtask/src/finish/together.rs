//! What a screen adds to the overview, as one file: one request instead of twenty, and as its modules are compressed together, a fifth
//! less to download. They stay modules of their own, so that what came with another screen is not made a second time.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::packs::{FRONT_SCREENS, Pack};

/// From where most screens are met.
pub const BEFORE: &str = "overview";
/// So many files are asked for one by one: putting them together saves less than the digest of another file costs in the table.
const FEW: usize = 8;

/// The packs of each screen, by their numbers.
pub fn screens(packs: &[Pack]) -> BTreeMap<&str, Vec<usize>> {
    let mut screens = BTreeMap::<&str, Vec<usize>>::new();
    for (number, pack) in packs.iter().enumerate() {
        for screen in &pack.screens {
            screens.entry(screen).or_default().push(number);
        }
    }
    screens
}

/// The packs that stand in the file of each screen which has one; boot reckons the same.
pub fn together<'a>(screens: &BTreeMap<&'a str, Vec<usize>>) -> BTreeMap<&'a str, Vec<usize>> {
    let before = screens.get(BEFORE).map_or(&[][..], Vec::as_slice);
    let own = screens.iter().map(|(screen, packs)| {
        let own = packs.iter().filter(|pack| !before.contains(pack));
        (*screen, own.copied().collect::<Vec<_>>())
    });
    own.filter(|(screen, own)| own.len() >= FEW && !FRONT_SCREENS.contains(screen))
        .collect()
}

/// The file: each module, and before it its length in four bytes, the lowest first.
///
/// # Errors
/// When a module is larger than four gigabytes.
pub fn file<'a>(modules: impl Iterator<Item = &'a Vec<u8>>) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    for module in modules {
        let length = u32::try_from(module.len()).context("a part is larger than WebAssembly")?;
        file.extend(length.to_le_bytes());
        file.extend(module);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_overview_has_is_not_in_the_file_of_another_screen() {
        let screens = [
            ("overview", vec![0]),
            ("history", (0..=FEW).collect()),
            ("help", vec![0, 1]),
            ("sign_in", (0..=FEW).collect()),
        ];
        let together = together(&screens.into());
        assert_eq!(together, [("history", (1..=FEW).collect())].into());
    }

    #[test]
    fn each_module_stands_after_its_length() {
        let modules = [vec![7; 258], vec![8]];
        let file = file(modules.iter()).expect("they are small");
        assert_eq!(file[..4], [2, 1, 0, 0]);
        assert_eq!(file[4..][258..], [1, 0, 0, 0, 8]);
    }
}
