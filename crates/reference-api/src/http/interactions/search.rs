//! Searching, through the router.

use super::fixture::{MINUTE, Matter, Scene, encoded};
use crate::testing::NOW;

fn about(subject: &str) -> Matter {
    Matter {
        subject: subject.to_owned(),
        ..Matter::default()
    }
}

async fn found(scene: &Scene, query: &str) -> Vec<String> {
    scene
        .ids(&format!("/v1/interactions?q={}", encoded(query)))
        .await
}

#[tokio::test]
async fn every_word_must_stand_somewhere_in_the_interaction() {
    let scene = Scene::new().await;
    let one = scene.matter(about("Late bill for March")).await;
    scene
        .message(
            &one,
            "customer",
            "The MÉTER was read twice. Größe 5. مرحبا بالعالم",
        )
        .await;
    scene
        .message(&one, "agent", "We have refunded 42 euros 👍. 请求退款")
        .await;
    let two = scene.matter(about("New router")).await;
    for query in [
        "late",
        "LATE bill",
        "bil",
        "meter",
        "méter",
        "meter refunded",
        "late refund",
        "große",
        "مرحبا",
        "بالعا",
        "退款",
        "late 退款",
        "👍",
        "42 euros",
        "refunded, euros!",
    ] {
        assert_eq!(found(&scene, query).await, [one.as_str()], "{query}");
    }
    for query in ["late router", "lat bill", "meterx", "euro5", "退貨"] {
        assert!(found(&scene, query).await.is_empty(), "{query}");
    }
    let reference = scene.json(&format!("/v1/interactions/{two}")).await["reference"].clone();
    assert_eq!(found(&scene, reference.as_str().unwrap()).await, [two]);
}

#[tokio::test]
async fn nothing_that_is_typed_breaks_the_search() {
    let scene = Scene::new().await;
    let id = scene
        .matter(about("Say \"hello\" AND (wave) * : ^ - NEAR NOT"))
        .await;
    for query in [
        "\"",
        "*",
        "AND",
        "(",
        ")",
        "hello\"",
        "\"hello",
        "NEAR(",
        "text:hello",
        "owner:hello",
        "-",
        "^hello",
        "hello*",
        "{text}: hello",
        "' OR 1=1 --",
        "\\",
        "%",
        "_",
        "+",
        "NOT",
        "\u{0}",
        "a\u{0}b",
        "💥",
        "ﷺ",
        "\u{200f}",
    ] {
        let path = format!("/v1/interactions?q={}", encoded(query));
        assert_eq!(scene.get(&path).await.status, 200, "{query:?}");
    }
    for query in ["hello\"", "AND (wave)", "NEAR", "*", "\""] {
        assert_eq!(found(&scene, query).await, [id.as_str()], "{query}");
    }
}

#[tokio::test]
async fn the_place_is_shown_where_it_was_found() {
    let scene = Scene::new().await;
    let id = scene.matter(about("Late bill")).await;
    scene.message(&id, "customer", "The bill is\nwrong.").await;
    let item = |query: &'static str| {
        let scene = scene.clone();
        async move {
            scene.json(&format!("/v1/interactions?q={query}")).await["items"][0]["excerpt"].clone()
        }
    };
    let excerpt = item("BILL").await;
    assert_eq!(
        (&excerpt["before"], &excerpt["hit"], &excerpt["after"]),
        (&"The ".into(), &"bill".into(), &" is wrong.".into())
    );
    assert_eq!(item("late").await["hit"], "Late");
    assert!(scene.json("/v1/interactions").await["items"][0]["excerpt"].is_null());
}

#[tokio::test]
async fn a_word_that_is_everywhere_is_paged_like_any_list() {
    let scene = Scene::new().await;
    let matters: Vec<_> = (0..2_500)
        .map(|n| Matter {
            channel: if n % 2 == 0 { "email" } else { "phone" },
            updated_at: NOW - n * MINUTE,
            ..about(if n % 5 == 0 { "rare common" } else { "common" })
        })
        .collect();
    let all = scene.matters(matters).await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    while seen.len() < 300 {
        let page = scene
            .json(&format!(
                "/v1/interactions?q=common&channel=email&limit=100&cursor={cursor}"
            ))
            .await;
        seen.extend(super::fixture::ids(&page));
        cursor = page["next_cursor"].as_str().unwrap().to_owned();
    }
    let expected: Vec<_> = all.iter().step_by(2).take(300).cloned().collect();
    assert_eq!(seen, expected);
    let rare = scene
        .ids("/v1/interactions?q=rare%20comm&sort=oldest&limit=3")
        .await;
    let expected: Vec<_> = all.iter().step_by(5).rev().take(3).cloned().collect();
    assert_eq!(rare, expected);
}

#[tokio::test]
async fn what_is_changed_or_removed_is_found_as_it_is_now() {
    let scene = Scene::new().await;
    let id = scene.matter(about("First")).await;
    scene.message(&id, "agent", "apple").await;
    scene.message(&id, "agent", "banana").await;
    scene.sql("UPDATE messages SET text = 'cherry' WHERE text = 'apple'; UPDATE interactions SET subject = 'Second'").await;
    for (query, hits) in [
        ("apple", 0),
        ("cherry", 1),
        ("first", 0),
        ("second", 1),
        ("banana", 1),
    ] {
        assert_eq!(found(&scene, query).await.len(), hits, "{query}");
    }
    scene
        .sql("DELETE FROM messages WHERE text = 'cherry'")
        .await;
    assert!(found(&scene, "cherry").await.is_empty());
    scene.sql("DELETE FROM interactions").await;
    assert!(found(&scene, "second").await.is_empty() && found(&scene, "banana").await.is_empty());
}

#[tokio::test]
async fn scripts_without_spaces_are_found_by_any_part_and_only_as_they_stand() {
    let scene = Scene::new().await;
    let one = scene.matter(about("请求退款")).await;
    scene
        .message(&one, "customer", "路由器故障abc，请帮忙")
        .await;
    scene.message(&one, "agent", "谢谢").await;
    let thai = scene.matter(about("ขอคืนเงิน")).await;
    for (query, expected) in [
        ("退", &one),
        ("款", &one),
        ("请求退款", &one),
        ("故障abc", &one),
        ("求退 谢谢", &one),
        ("คืนเงิน", &thai),
    ] {
        assert_eq!(found(&scene, query).await, [expected.as_str()], "{query}");
    }
    // All of its pairs stand there, but not in a row.
    let apart = scene.matter(about("退款请 与 请退")).await;
    assert_eq!(found(&scene, "款请").await, [apart.as_str()]);
    for query in ["请退款", "故障b", "求请"] {
        assert!(found(&scene, query).await.is_empty(), "{query}");
    }
}

/// More matters than a common word is gathered for: every third has the word "apple" too, and one "unique".
async fn many(scene: &Scene) -> Vec<String> {
    let matters = (0..20_100).map(|n| Matter {
        channel: if n % 2 == 0 { "email" } else { "phone" },
        direction: if n < 100 { "outbound" } else { "inbound" },
        updated_at: NOW - n * MINUTE,
        ..about(match n {
            20_050 => "an unique apple",
            n if n % 3 == 0 => "an apple",
            _ => "an Ähnliches",
        })
    });
    scene.matters(matters.collect()).await
}

#[tokio::test]
async fn a_letter_that_is_nearly_everywhere_is_found_and_paged_like_any_word() {
    let scene = Scene::new().await;
    let all = many(&scene).await;
    let first = scene.json("/v1/interactions?q=a&limit=100").await;
    assert_eq!(super::fixture::ids(&first), all[..100]);
    assert_eq!(first["items"][0]["excerpt"]["hit"], "an");
    let next = first["next_cursor"].as_str().unwrap();
    let path = format!("/v1/interactions?q=a&limit=100&cursor={next}");
    assert_eq!(scene.ids(&path).await, all[100..200]);
    let filtered = scene
        .ids("/v1/interactions?q=a&channel=phone&limit=3")
        .await;
    assert_eq!(filtered, [all[1].clone(), all[3].clone(), all[5].clone()]);
    assert_eq!(found(&scene, "unique a").await, [all[20_050].as_str()]);
    assert_eq!(found(&scene, "an unique a").await, [all[20_050].as_str()]);
    let none = "/v1/interactions?q=an&channel=phone&direction=outbound&status=closed";
    assert!(scene.ids(none).await.is_empty());
}

#[tokio::test]
async fn a_common_word_that_the_first_thousands_lack_is_found_all_the_same() {
    let scene = Scene::new().await;
    many(&scene).await;
    // Common by the index, and in none of those that the list meets first.
    scene
        .sql("UPDATE interactions SET subject = 'nothing' WHERE seq <= 9000;
              INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text)
              SELECT 'msg_' || seq, seq, 'agent', 'Somebody', 'email', 0, 'an answer' FROM interactions WHERE seq > 9000")
        .await;
    assert_eq!(found(&scene, "an").await.len(), 50);
}
