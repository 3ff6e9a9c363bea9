//! Journeys that see what the machine's speed makes of a page: a value that was read in one moment, and a time that was waited for.

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// What is read of a page in one moment, and may be read a moment too early.
const MOMENTS: &[&str] = &[
    ".allTextContents()",
    ".allInnerTexts()",
    ".textContent()",
    ".innerText()",
    ".count()",
    ".isVisible()",
    ".isHidden()",
    ".isChecked()",
    ".isDisabled()",
    ".isEnabled()",
    ".inputValue()",
    ".getAttribute(",
    ".evaluateAll(",
];

/// Whole lists of texts are compared by `toHaveText`, which waits for them.
const LISTS: &[&str] = &[".allTextContents()", ".allInnerTexts()"];

/// What asks for a time of the machine's own.
const TIMES: &[&str] = &["waitForTimeout(", "networkidle", "longtask"];

fn moments(files: &[File]) -> Vec<String> {
    let journeys = files
        .iter()
        .filter(|file| file.is_in("tests/browser") && file.has_extension("ts"));
    let mut violations = Vec::new();
    for file in journeys {
        let lines = file.text.lines().enumerate();
        violations.extend(
            lines
                .filter(|(_, line)| is_of_a_moment(line))
                .map(|(at, line)| file.at(at, line)),
        );
    }
    violations
}

fn is_of_a_moment(line: &str) -> bool {
    let line = line.trim();
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if line.starts_with("//") {
        return false;
    }
    // What stands in a function is asked again by whoever polls it.
    let is_polled = line.contains("=>");
    let is_asserted = line.contains("expect(await ") || line.contains("expect((await ");
    has(TIMES) || (!is_polled && (has(LISTS) || (is_asserted && has(MOMENTS))))
}

#[test]
fn a_journey_waits_for_what_it_wants_to_see() {
    assert_kept(
        moments,
        "Say what is to be seen and let it be waited for (`toHaveText`, `toHaveCount`, `expect.poll`); hold an answer back \
         (`support/held.ts`) in place of waiting; leave times to the bench:",
    );
    let path = "tests/browser/journeys/a.spec.ts";
    for caught in [
        "  expect(await rows.count()).toBe(3);",
        "  expect((await text.textContent())?.length).toBe(5);",
        "  for (const text of await rows.allTextContents()) expect(text).toContain(\"Store\");",
        "  const drawn = await totals.allTextContents();",
        "  await page.waitForTimeout(500);",
    ] {
        assert_caught(moments, &[(path, caught)]);
    }
    for allowed in [
        "  await expect(rows).toHaveCount(3);",
        "  await expect.poll(() => rows.count()).toBeGreaterThan(3);",
        "  await expect.poll(async () => (await text.textContent())?.length).toBe(5);",
        "  // expect(await rows.count()) would be of a moment.",
        "  expect(await begun(context, server, \"Once\")).toHaveLength(1);",
    ] {
        assert_allowed(moments, &[(path, allowed)]);
    }
}
