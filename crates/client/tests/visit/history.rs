use crate::{House, JONAS, MAYA, every_page, matter, only};
use portal_client::ApiError;
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::Channel;
use std::collections::BTreeSet;

fn filter(pairs: &[(&str, &str)]) -> InteractionFilter {
    InteractionFilter::from_pairs(pairs.iter().copied()).unwrap()
}

#[tokio::test]
async fn the_history_is_paged_whole_and_in_order() {
    let house = House::new().await;
    for number in 0..123 {
        house
            .add(&house.maya, matter(&format!("R-{number}"), number))
            .await;
    }
    let portal = house.signed_in(MAYA).await;
    let first = portal
        .interactions(&InteractionFilter::default(), None)
        .await
        .unwrap();
    assert_eq!((first.items.len(), first.has_more), (50, true));

    let all = every_page(&portal, &InteractionFilter::default()).await;
    let ids: BTreeSet<_> = all.iter().map(|item| item.id.clone()).collect();
    assert_eq!((all.len(), ids.len()), (123, 123));
    assert!(
        all.windows(2)
            .all(|pair| pair[0].updated_at >= pair[1].updated_at)
    );

    let oldest = every_page(&portal, &filter(&[("sort", "oldest")])).await;
    assert_eq!(
        oldest.first().map(|item| &item.id),
        all.last().map(|item| &item.id)
    );
}

#[tokio::test]
async fn filters_widen_within_a_kind_and_narrow_between_kinds() {
    let house = House::new().await;
    for (reference, channel) in [
        ("A", Channel::Email),
        ("B", Channel::Phone),
        ("C", Channel::Chat),
        ("D", Channel::from("carrier_pigeon")),
    ] {
        let mut new = matter(reference, 3);
        new.channel = channel;
        house.add(&house.maya, new).await;
    }
    let portal = house.signed_in(MAYA).await;
    let references = async |pairs: &[(&str, &str)]| {
        let found = every_page(&portal, &filter(pairs)).await;
        let found: BTreeSet<String> = found.into_iter().map(|item| item.reference).collect();
        found.into_iter().collect::<String>()
    };
    assert_eq!(
        references(&[("channel", "email"), ("channel", "phone")]).await,
        "AB"
    );
    assert_eq!(references(&[("channel", "carrier_pigeon")]).await, "D");
    assert_eq!(
        references(&[("channel", "email"), ("status", "closed")]).await,
        ""
    );
    assert_eq!(
        references(&[("topic", "meter"), ("q", "meter reading C")]).await,
        "C"
    );
    assert_eq!(references(&[("from", "2026-03-04")]).await, "");
    assert_eq!(references(&[("to", "2026-03-02")]).await, "ABCD");

    let facets = portal.facets().await.unwrap();
    assert!(facets.channels.contains(&Channel::from("carrier_pigeon")));
    assert_eq!(facets.topics.len(), 1);
}

#[tokio::test]
async fn a_search_says_where_it_found_the_words() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let found = every_page(&portal, &filter(&[("q", "4711")])).await;
    assert_eq!(found[0].excerpt.as_ref().unwrap().hit, "4711");
}

#[tokio::test]
async fn the_overview_counts_what_waits() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    house.add(&house.jonas, matter("R-2", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let overview = portal.overview().await.unwrap();
    assert_eq!(overview.waiting_for_company_count, 1);
    assert_eq!(overview.waiting_for_customer_count, 0);
    assert_eq!(overview.recent.len(), 1);
}

#[tokio::test]
async fn a_customer_without_a_history_has_an_empty_one() {
    let house = House::new().await;
    let portal = house.signed_in(JONAS).await;
    assert!(
        every_page(&portal, &InteractionFilter::default())
            .await
            .is_empty()
    );
    assert_eq!(portal.facets().await.unwrap().earliest, None);
}

#[tokio::test]
async fn an_interaction_is_opened_with_its_thread() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let id = only(&portal).await;
    let interaction = portal.interaction(&id).await.unwrap();
    assert_eq!(
        (interaction.reference.as_str(), interaction.message_count),
        ("R-1", 1)
    );
    let thread = portal.messages(&id, None).await.unwrap();
    assert_eq!(thread.items[0].text, "The meter shows 4711.");
    assert_eq!(
        portal.interaction(&"i-unknown".parse().unwrap()).await,
        Err(ApiError::NotFound)
    );
}
