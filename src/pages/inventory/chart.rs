//! How much is held of each category, by where it came from: a bar each, with patterns beside the colour, and a table behind it.

use super::words;
use crate::i18n::{Dir, number, t, text, use_i18n};
use crate::ui::{Icon, IconName, percent};
use crate::widgets::{chart_fill, chart_patterns};
use portal_contract::inventory::InventoryCategory;
use portal_contract::me::Origin;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The height of a category: a line of words, and its bar.
const ROW: usize = 52;
/// Where its words stand, and its bar.
const WORDS: usize = 18;
const BAR: usize = 28;
const THICK: usize = 16;
/// Below this share of the width nobody sees a bar.
const LEAST: f64 = 0.8;

/// A piece of a bar: of which origin, from where, how long; in per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    series: usize,
    x: f64,
    width: f64,
}

/// Every origin that anything came from, the known ones in the contract's order.
fn origins(held: &[InventoryCategory]) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Origin::KNOWN.to_vec();
    for source in held.iter().flat_map(|category| &category.sources) {
        if !origins.contains(&source.origin) {
            origins.push(source.origin.clone());
        }
    }
    origins.retain(|origin| count(held, origin) > 0);
    origins
}

fn count(held: &[InventoryCategory], origin: &Origin) -> u64 {
    held.iter().map(|category| of(category, origin)).sum()
}

fn of(category: &InventoryCategory, origin: &Origin) -> u64 {
    let sources = category.sources.iter();
    let of = sources.filter(|source| source.origin == *origin);
    of.map(|source| source.records).sum()
}

/// The pieces of a category's bar; the longest bar is as long as the page.
#[expect(
    clippy::cast_precision_loss,
    reason = "a picture needs no more than 52 bits of a count"
)]
fn pieces(
    category: &InventoryCategory,
    origins: &[Origin],
    most: u64,
    mirrored: bool,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0.0;
    for (series, origin) in origins.iter().enumerate() {
        let records = of(category, origin);
        if records == 0 {
            continue;
        }
        let width = (records as f64 / most.max(1) as f64 * 96.0).max(LEAST);
        let x = if mirrored { 100.0 - end - width } else { end };
        pieces.push(Piece { series, x, width });
        end += width;
    }
    pieces
}

/// The picture and its table; nothing where nothing is held.
pub fn chart(held: &[InventoryCategory]) -> View {
    let origins = origins(held);
    let shown: Vec<&InventoryCategory> = held.iter().filter(|it| it.records > 0).collect();
    let Some(largest) = shown.iter().max_by_key(|it| it.records) else {
        return View::new();
    };
    let mirrored = use_i18n().locale().dir == Dir::Rtl;
    let all: u64 = shown.iter().map(|it| it.records).sum();
    let label = text::inventory_chart_label(all, largest.label.clone(), number(largest.records));
    let row = |(at, category): (usize, &&InventoryCategory)| {
        let top = at * ROW;
        let bar = |piece: Piece| bar(piece, top + BAR);
        let words = [&*category.label, " · ", &number(category.records)].concat();
        view! {
            <text class="chart__name" x=if mirrored { "100%" } else { "0" } y=(top + WORDS).to_string()>
                {words}
            </text>
            {pieces(category, &origins, largest.records, mirrored).into_iter().map(bar).collect_view()}
        }
    };
    let key = |(series, origin): (usize, &Origin)| key(series, origin, count(held, origin));
    view! {
        <figure class="chart">
            <svg class="chart__plot" data-kind="held" role="img" aria-label=t(label) height=(shown.len() * ROW).to_string()>
                <defs>{chart_patterns()}</defs>
                {shown.iter().enumerate().map(row).collect_view()}
            </svg>
            <ul class="chart__key">{origins.iter().enumerate().map(key).collect_view()}</ul>
            <details class="disclosure">
                <summary>{text::INVENTORY_CHART_TABLE} <Icon name=IconName::ChevronDown /></summary>
                {table(held, &origins)}
            </details>
        </figure>
    }
    .alone()
}

fn bar(piece: Piece, y: usize) -> View {
    let (class, fill) = chart_fill(piece.series);
    view! {
        <rect
            class=class
            fill=fill
            x=percent(piece.x)
            width=percent(piece.width)
            y=y.to_string()
            height=THICK.to_string()
        ></rect>
    }
    .alone()
}

fn key(series: usize, origin: &Origin, records: u64) -> View {
    let (class, fill) = chart_fill(series);
    let class = class.strip_prefix("chart__bar").map(str::trim);
    let class = class.filter(|class| !class.is_empty());
    let words = [&*words::origin(origin), ": ", &number(records)].concat();
    view! {
        <li>
            <svg class="chart__swatch" aria-hidden="true">
                <rect class=class fill=fill width="100%" height="100%" rx="4"></rect>
            </svg>
            <span>{words}</span>
        </li>
    }
    .alone()
}

fn table(held: &[InventoryCategory], origins: &[Origin]) -> View {
    let head =
        |origin: &Origin| view! { <th scope="col" data-kind="number">{words::origin(origin)}</th> };
    let row = |category: &InventoryCategory| {
        let cell =
            |origin: &Origin| view! { <td data-kind="number">{number(of(category, origin))}</td> };
        view! {
            <tr>
                <th scope="row">{category.label.clone()}</th>
                {origins.iter().map(cell).collect_view()}
                <td data-kind="number">{number(category.records)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t(text::INVENTORY_CHART_CAPTION)>
            <table class="table">
                <caption>{text::INVENTORY_CHART_CAPTION}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::INVENTORY_CHART_CATEGORY}</th>
                        {origins.iter().map(head).collect_view()}
                        <th scope="col" data-kind="number">{text::INVENTORY_CHART_ALL}</th>
                    </tr>
                </thead>
                <tbody>{held.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .alone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::inventory::HeldSource;

    fn category(counts: &[(Origin, u64)]) -> InventoryCategory {
        InventoryCategory {
            id: "messages".parse().expect("it is an id"),
            label: "Messages".into(),
            description: String::new(),
            lang: "en".into(),
            sources: counts
                .iter()
                .map(|(origin, records)| HeldSource {
                    origin: origin.clone(),
                    name: None,
                    records: *records,
                })
                .collect(),
            purposes: Vec::new(),
            retention: String::new(),
            recipients: Vec::new(),
            sensitive: false,
            records: counts.iter().map(|(_, records)| records).sum(),
            earliest: None,
            latest: None,
            seen_at: None,
            rights: Vec::new(),
            in_force: Vec::new(),
        }
    }

    #[test]
    fn pieces_lie_end_to_end_in_either_direction_and_none_is_too_small_to_see() {
        let held = category(&[(Origin::ToldUs, 1), (Origin::Company, 999)]);
        let origins = origins(std::slice::from_ref(&held));
        let pieces = |mirrored| pieces(&held, &origins, 1000, mirrored);
        let (left, right) = (pieces(false), pieces(true));
        assert!(left.iter().all(|piece| piece.width >= LEAST));
        let ends = |piece: &Piece| piece.x + piece.width;
        assert!((ends(&left[0]) - left[1].x).abs() < 1e-9);
        assert!((ends(&right[0]) - 100.0).abs() < 1e-9);
        assert!((ends(&right[1]) - right[0].x).abs() < 1e-9);
        assert!(left.iter().all(|piece| ends(piece) <= 100.0));
    }

    #[test]
    fn an_origin_that_nothing_came_from_is_not_drawn_and_an_unknown_one_is() {
        let held = [category(&[
            (Origin::Other("heirs".into()), 2),
            (Origin::ToldUs, 0),
        ])];
        assert_eq!(origins(&held), [Origin::Other("heirs".into())]);
    }
}
