//! Searching and narrowing: menus where there is room, one sheet where there is not, and what is in use as chips.

use super::choices::{Choice, Group, Many, chips, cleared, groups, searched};
use crate::api::Read;
use crate::browser::focus;
use crate::i18n::{t, text};
use crate::ui::{Button, ButtonKind, Dialog, Icon, IconName, SearchBox, Tone};
use portal_contract::filter::{InteractionFilter, MAX_QUERY_CHARACTERS};
use portal_contract::interaction::InteractionFacets;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The id of the search box: other screens lead to it.
const SEARCH: &str = "search";

/// The filters of a list.
#[derive(Clone, Copy)]
pub struct Filters {
    /// What narrows the list now.
    pub filter: Memo<InteractionFilter>,
    /// Narrows it otherwise, as a step that Back takes back.
    pub change: Callback<InteractionFilter>,
    /// Narrows it otherwise, without such a step.
    pub refine: Callback<InteractionFilter>,
    /// What there is to choose from.
    pub facets: Read<InteractionFacets>,
}

/// What a row of choices reads and does: the address at once in a menu, a draft of it in the sheet.
#[derive(Clone, Copy)]
struct Fields {
    prefix: &'static str,
    filter: Signal<InteractionFilter>,
    change: Callback<InteractionFilter>,
    facets: Read<InteractionFacets>,
}

impl Filters {
    /// Takes everything away that narrows.
    pub fn clear(self) {
        // The button that was pressed goes; the focus is to stay near.
        focus::id(SEARCH);
        self.change.run(self.filter.with_untracked(cleared));
    }
}

/// Everything above the list; `found` is how many there are.
pub fn filters(filters: Filters, found: impl Fn() -> Option<String> + 'static) -> View {
    let Filters {
        filter,
        change,
        refine,
        facets,
    } = filters;
    let words =
        Signal::derive(move || filter.with(|filter| filter.q.as_deref().unwrap_or("").to_owned()));
    let search = move |then: Callback<InteractionFilter>| {
        Callback::new(move |words: String| {
            let next = filter.with_untracked(|filter| searched(filter, &words));
            if filter.with_untracked(|filter| *filter != next) {
                then.run(next);
            }
        })
    };
    let fields = Fields {
        prefix: "menu",
        filter: filter.into(),
        change,
        facets,
    };
    view! {
        <div class="filters">
            <div class="filters__line">
                <SearchBox
                    id=SEARCH
                    label=t(text::INTERACTIONS_SEARCH)
                    value=words
                    max=MAX_QUERY_CHARACTERS
                    on_pause=search(refine)
                    on_submit=search(change)
                />
                {sheet(filters)}
                <div class="filters__menus">{menus(fields)}</div>
            </div>
            {chip_list(filters)}
            {move || found().map(|count| view! { <p class="filters__count">{count}</p> })}
        </div>
    }
    .alone()
}

fn known(facets: Read<InteractionFacets>) -> Option<InteractionFacets> {
    facets.get().and_then(Result::ok)
}

fn groups_of(fields: Fields) -> Memo<Vec<Group>> {
    let Fields { filter, facets, .. } = fields;
    memo(move || filter.with(|filter| groups(filter, known(facets).as_ref())))
}

fn menus(fields: Fields) -> View {
    let all = groups_of(fields);
    let menu = move |at: usize, group: &Group| {
        let id = ["f-", group.id].concat();
        let title = group.title.clone();
        let in_use = memo(move || all.with(|groups| groups[at].in_use()));
        let label = move || match in_use.get() {
            Some(chosen) => t(text::interactions_filter_count(t(title.clone()), chosen)),
            None => t(title.clone()),
        };
        view! {
            {opener(id.clone(), Signal::derive(label), Signal::derive(move || in_use.with(Option::is_some)))}
            <div class="menu" id=id popover>
                {move || fieldset(fields, &all.get()[at], "menu__group", "")}
                {(at == 0 || at == 2).then(|| trouble(fields.facets))}
            </div>
        }
        .alone()
    };
    let menus = all.with_untracked(|groups| {
        groups
            .iter()
            .enumerate()
            .map(|(at, group)| menu(at, group))
            .collect_view()
    });
    let filter = fields.filter;
    let dated =
        Signal::derive(move || filter.with(|filter| filter.from.is_some() || filter.to.is_some()));
    view! {
        {menus}
        {opener("f-dates".to_owned(), Signal::derive(|| t(text::INTERACTIONS_FILTER_DATES)), dated)}
        <div class="menu" id="f-dates" popover>
            <fieldset class="menu__group">
                <legend>{text::INTERACTIONS_FILTER_DATES}</legend>
                {dates(fields)}
            </fieldset>
        </div>
    }
    .alone()
}

fn opener(id: String, label: Signal<String>, in_use: Signal<bool>) -> View {
    view! {
        <button class="filter" type="button" popovertarget=id data-active=move || in_use.get().then_some("")>
            {label}
            <Icon name=IconName::ChevronDown />
        </button>
    }
    .alone()
}

/// The choices of a group as boxes or buttons.
fn fieldset(fields: Fields, group: &Group, class: &'static str, inner: &'static str) -> View {
    let name = [fields.prefix, "-", group.id].concat();
    let kind = if group.many == Many::One {
        "radio"
    } else {
        "checkbox"
    };
    let choice = move |Choice { word, on, next }: Choice| {
        let change = fields.change;
        view! {
            <label class="choice">
                <input type=kind name=name.clone() prop:checked=on on:change=move |_| change.run(next.clone()) />
                <span>
                    <bdi>{word}</bdi>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class=class>
            <legend>{group.title.clone()}</legend>
            <div class=inner>{group.choices.iter().cloned().map(choice).collect_view()}</div>
        </fieldset>
    }
    .alone()
}

/// That the choices could not be loaded; what is chosen is there all the same.
fn trouble(facets: Read<InteractionFacets>) -> View {
    let again = Callback::new(move |()| facets.refetch());
    let shown = move || {
        matches!(facets.get(), Some(Err(_))).then(|| {
            view! {
                <p class="soft" role="alert">
                    {text::INTERACTIONS_CHOICES_FAILED}
                    " "
                    <Button kind=ButtonKind::Inline on_press=again>
                        {text::FAILURE_RETRY}
                    </Button>
                </p>
            }
        })
    };
    shown.alone()
}

/// First and last day. A last day before the first is told, and changes nothing.
fn dates(fields: Fields) -> View {
    let Fields {
        prefix,
        filter,
        change,
        ..
    } = fields;
    let reversed = RwSignal::new(false);
    let wrong = StoredValue::new([prefix, "-dates-wrong"].concat());
    let take = move |is_last: bool, raw: String| {
        let mut next = filter.get_untracked();
        let day = raw.parse().ok();
        if is_last {
            next.to = day
        } else {
            next.from = day
        }
        let wrong = matches!((&next.from, &next.to), (Some(from), Some(to)) if from > to);
        reversed.set(wrong);
        if !wrong {
            change.run(next);
        }
    };
    let field = move |is_last: bool, label| {
        let id = [prefix, if is_last { "-to" } else { "-from" }].concat();
        let value = move || {
            filter.with(|filter| {
                let day = if is_last { &filter.to } else { &filter.from };
                day.as_ref().map_or("", |day| day.as_str()).to_owned()
            })
        };
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>
                    {label}
                </label>
                <input
                    class="input"
                    type="date"
                    id=id
                    aria-invalid=move || reversed.get().then_some("true")
                    aria-describedby=move || reversed.get().then(|| wrong.get_value())
                    prop:value=value
                    on:change=move |event| take(is_last, event_target_value(&event))
                />
            </div>
        }
        .alone()
    };
    let problem = move || {
        reversed.get().then(|| {
            view! {
                <p class="field__error" id=wrong.get_value()>
                    <Icon name=IconName::Alert />
                    <span>{text::INTERACTIONS_DATES_REVERSED}</span>
                </p>
            }
        })
    };
    view! {
        <div class="filters__dates">
            {field(false, text::INTERACTIONS_FILTER_FROM)} {field(true, text::INTERACTIONS_FILTER_TO)}
        </div>
        <div role="alert">{problem}</div>
    }
    .alone()
}

/// Everything at once, for a narrow screen: chosen first, shown then.
fn sheet(filters: Filters) -> View {
    let Filters {
        filter,
        change,
        facets,
        ..
    } = filters;
    let open = RwSignal::new(false);
    let draft = RwSignal::new(InteractionFilter::default());
    let fields = Fields {
        prefix: "sheet",
        filter: draft.into(),
        change: Callback::new(move |next| draft.set(next)),
        facets,
    };
    let show = move |_| {
        draft.set(filter.get_untracked());
        open.set(true);
    };
    let clear = Callback::new(move |()| draft.update(|draft| *draft = cleared(draft)));
    let done = Callback::new(move |()| {
        open.set(false);
        change.run(draft.get_untracked());
    });
    let label = move || match filter.with(|filter| chips(filter, None).len()) {
        0 => t(text::INTERACTIONS_FILTERS),
        count => t(text::interactions_filter_count(
            t(text::INTERACTIONS_FILTERS),
            crate::i18n::number(count),
        )),
    };
    view! {
        <button class="button filters__open" type="button" aria-haspopup="dialog" on:click=show>
            <Icon name=IconName::Filter />
            {label}
        </button>
        <Dialog
            id="filter-sheet"
            open=open
            title=t(text::INTERACTIONS_FILTERS)
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| open.set(false))
        >
            {sheet_body(fields)}
            <div class="dialog__actions">
                <Button tone=Tone::Quiet on_press=clear>
                    {text::INTERACTIONS_CLEAR}
                </Button>
                <Button tone=Tone::Primary on_press=done>
                    {text::INTERACTIONS_SHOW_RESULTS}
                </Button>
            </div>
        </Dialog>
    }
    .alone()
}

fn sheet_body(fields: Fields) -> View {
    let all = groups_of(fields);
    let sets = move || {
        all.with(|groups| {
            groups
                .iter()
                .map(|group| fieldset(fields, group, "form__group", "filters__choices"))
                .collect_view()
        })
    };
    view! {
        <div class="dialog__body filters__fields">
            {sets} {trouble(fields.facets)}
            <fieldset class="form__group">
                <legend>{text::INTERACTIONS_FILTER_DATES}</legend>
                {dates(fields)}
            </fieldset>
        </div>
    }
    .alone()
}

/// What is in use; pressing one takes it away. The focus goes on to the next one, and from the last to the search.
fn chip_list(filters: Filters) -> View {
    let Filters {
        filter,
        change,
        facets,
        ..
    } = filters;
    let clear = Callback::new(move |()| filters.clear());
    let shown = move || {
        let chips = filter.with(|filter| chips(filter, known(facets).as_ref()));
        let last = chips.len().checked_sub(1)?;
        let chip = move |(at, Choice { word, next, .. }): (usize, Choice)| {
            let take_away = move |_| {
                if at == last {
                    focus::id(SEARCH);
                }
                change.run(next.clone());
            };
            view! {
                <li>
                    <button class="chip" type="button" on:click=take_away>
                        <Icon name=IconName::Close />
                        <bdi>{word}</bdi>
                        <span class="visually-hidden">" " {text::INTERACTIONS_CHIP_REMOVE}</span>
                    </button>
                </li>
            }
        };
        Some(view! {
            <ul class="chips" aria-label=t(text::INTERACTIONS_FILTERS_IN_USE)>
                {chips.into_iter().enumerate().map(chip).collect_view()}
                <li>
                    <Button kind=ButtonKind::Inline on_press=clear>
                        {text::INTERACTIONS_CLEAR}
                    </Button>
                </li>
            </ul>
        })
    };
    shown.alone()
}
