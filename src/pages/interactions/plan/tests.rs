use super::*;

/// So many rows in each of these months, read in pages of 50 as the API gives them.
fn plan(months: &[(&str, usize)]) -> Plan {
    let names: Vec<String> = months
        .iter()
        .flat_map(|(name, rows)| vec![(*name).to_owned(); *rows])
        .collect();
    let mut plan = Plan::default();
    for page in names.chunks(50) {
        plan.append(page.to_vec());
    }
    plan
}

fn all(plan: &Plan) -> Window {
    Window {
        blocks: 0..plan.blocks.len(),
        pinned: None,
    }
}

fn rows_of(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| {
            if let Piece::Rows { len, .. } = piece {
                *len
            } else {
                0
            }
        })
        .sum()
}

#[test]
fn no_block_crosses_a_month_and_every_row_stands_once() {
    let plan = plan(&[("2026-11", 30), ("2026-10", 1), ("2026-09", 70)]);
    let rows: Vec<usize> = (0..3)
        .map(|month| rows_of(&plan.pieces(month, &all(&plan))))
        .collect();
    assert_eq!(rows, [30, 1, 70]);
    assert_eq!(
        (plan.rows_in(2), plan.first_of(2), plan.rows()),
        (70, 31, 101)
    );
    for row in 0..plan.rows() {
        assert!(plan.rows_of(plan.block_of(row).unwrap()).contains(&row));
    }
    assert_eq!(plan.block_of(101), None);
}

#[test]
fn what_is_added_changes_no_block_that_is_there() {
    let mut plan = plan(&[("2026-11", 50)]);
    let before = plan.pieces(0, &all(&plan));
    plan.append(vec!["2026-11".to_owned(); 5]);
    assert_eq!(plan.pieces(0, &all(&plan))[..before.len()], before);
}

#[test]
fn a_short_list_stands_in_the_document_as_a_whole() {
    let plan = plan(&[("2026-11", ALL_UP_TO)]);
    assert_eq!(plan.near(&[0.0], 0.0, 800.0), 0..plan.blocks.len());
}

#[test]
fn of_a_hundred_thousand_rows_a_few_blocks_are_there() {
    let months: Vec<(String, usize)> = (0..100).map(|n| (n.to_string(), 1_000)).collect();
    let months: Vec<(&str, usize)> = months
        .iter()
        .map(|(name, rows)| (name.as_str(), *rows))
        .collect();
    let plan = plan(&months);
    let starts: Vec<f64> = (0..100)
        .map(|month| f64::from(month) * (1_000.0 * ROW + 50.0))
        .collect();
    for top in [
        -9_000.0,
        -900.0,
        0.0,
        4_000_000.0,
        8_400_000.0,
        99_000_000.0,
    ] {
        let near = plan.near(&starts, top, top + 2_800.0);
        assert!((1..=6).contains(&near.len()), "{near:?} at {top}");
    }
}

#[test]
fn the_viewport_is_covered_from_edge_to_edge() {
    let mut plan = plan(&[("2026-11", 600), ("2026-10", 600)]);
    for block in 0..plan.blocks.len() {
        plan.measured(block, 100.0 * plan.rows_of(block).len() as f64);
    }
    let near = plan.near(&[50.0, 60_100.0], 60_000.0, 61_000.0);
    let rows = plan.rows_of(near.start).start..plan.rows_of(near.end - 1).end;
    // Row 599 ends at 60,050, the next heading at 60,100, and 61,000 lies within row 609.
    assert!(rows.start <= 599 && rows.end >= 609, "{rows:?}");
}

#[test]
fn gaps_are_as_high_as_what_they_stand_for() {
    let mut plan = plan(&[("2026-11", 600)]);
    plan.measured(0, 1_000.0);
    plan.measured(1, 3_000.0);
    let height = |pieces: &[Piece]| -> u32 {
        pieces
            .iter()
            .map(|piece| {
                if let Piece::Gap { height, .. } = piece {
                    *height
                } else {
                    0
                }
            })
            .sum()
    };
    // Forty rows were measured at 100 each; two blocks of three in a page of fifty hold twenty.
    let none = plan.pieces(
        0,
        &Window {
            blocks: 5..5,
            pinned: None,
        },
    );
    assert_eq!((none.len(), height(&none)), (1, 60_000));
    let one = plan.pieces(
        0,
        &Window {
            blocks: 1..2,
            pinned: None,
        },
    );
    assert_eq!((one.len(), height(&one)), (3, 57_000));
}

#[test]
fn the_block_with_the_focus_stays() {
    let plan = plan(&[("2026-11", 600)]);
    let pieces = plan.pieces(
        0,
        &Window {
            blocks: 20..22,
            pinned: Some(0),
        },
    );
    assert!(matches!(pieces[0], Piece::Rows { start: 0, .. }));
    assert!(matches!(pieces[1], Piece::Gap { .. }));
}

#[test]
fn a_changed_row_draws_its_own_block_again_and_no_other() {
    let mut plan = plan(&[("2026-11", 60)]);
    let before = plan.pieces(0, &all(&plan));
    plan.touch(45);
    let after = plan.pieces(0, &all(&plan));
    let changed: Vec<usize> = (0..before.len())
        .filter(|at| before[*at] != after[*at])
        .collect();
    assert_eq!(changed, [plan.block_of(45).unwrap()]);
}

#[test]
fn a_list_that_begins_anew_shares_no_piece_with_the_one_before() {
    let mut plan = plan(&[("2026-11", 20)]);
    let before = plan.pieces(0, &all(&plan));
    plan.clear(1);
    plan.append(vec!["2026-11".to_owned(); 20]);
    assert_ne!(plan.pieces(0, &all(&plan)), before);
}
