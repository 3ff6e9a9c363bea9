//! What breaking a rule is made of.

use crate::faulty::{Asked, Front, Given};
use serde_json::Value;
use std::pin::Pin;

/// A rule, broken in one place.
pub struct Break {
    /// The rule that has to fail.
    pub rule: &'static str,
    /// Others that cannot but fail with it.
    pub also: &'static [&'static str],
    /// How.
    pub how: How,
}

type Before = Box<dyn Fn(&Front, &mut Asked) + Send + Sync>;
type After = Box<dyn Fn(&Front, &Asked, &mut Given) + Send + Sync>;
type Around =
    Box<dyn Fn(Front, Asked) -> Pin<Box<dyn Future<Output = Given> + Send>> + Send + Sync>;

/// Where the fault sits.
pub enum How {
    /// The request is another than was sent.
    Before(Before),
    /// The answer is another than was given.
    After(After),
    /// Other requests are made.
    Around(Around),
}

pub fn before(
    rule: &'static str,
    change: impl Fn(&Front, &mut Asked) + Send + Sync + 'static,
) -> Break {
    Break {
        rule,
        also: &[],
        how: How::Before(Box::new(change)),
    }
}

pub fn after(
    rule: &'static str,
    change: impl Fn(&Front, &Asked, &mut Given) + Send + Sync + 'static,
) -> Break {
    Break {
        rule,
        also: &[],
        how: How::After(Box::new(change)),
    }
}

pub fn around<F>(
    rule: &'static str,
    act: impl Fn(Front, Asked) -> F + Send + Sync + 'static,
) -> Break
where
    F: Future<Output = Given> + Send + 'static,
{
    Break {
        rule,
        also: &[],
        how: How::Around(Box::new(move |front, asked| Box::pin(act(front, asked)))),
    }
}

/// What is read there is refused.
pub fn refused(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("GET", path) && given.status == 200 {
            given.refuse(403, "scope-insufficient");
        }
    })
}

/// Nobody is served as the first customer.
pub fn open_to_all(rule: &'static str, path: &'static str) -> Break {
    before(rule, move |front, asked| {
        if asked.is("GET", path) && front.is_nobody(asked) {
            asked.set("cookie", &front.a);
        }
    })
}

/// A member that is required does not come.
pub fn without(
    rule: &'static str,
    path: &'static str,
    pointer: &'static str,
    member: &'static str,
) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("GET", path) && given.status == 200 {
            given.edit(|body| {
                let place = body.pointer_mut(pointer).and_then(Value::as_object_mut);
                place.map(|members| members.remove(member));
            });
        }
    })
}

/// What is read there may be kept.
pub fn cached(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("GET", path) && given.status == 200 {
            given.headers.remove("cache-control");
        }
    })
}

/// The second page is never led to.
pub fn unturned(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("GET", path)
            && asked.query.starts_with("limit=1")
            && !asked.query.starts_with("limit=10")
        {
            given.edit(|body| body["next_cursor"] = Value::Null);
        }
    })
}

/// A cursor is passed over.
pub fn cursor_passed_over(rule: &'static str, path: &'static str) -> Break {
    before(rule, move |_, asked| {
        if asked.is("GET", path) && asked.query.contains("cursor=conformance") {
            asked.query = String::new();
        }
    })
}

/// What is not the first customer's is looked for among the second one's things.
pub fn theirs_too(rule: &'static str, method: &'static str, path: &'static str) -> Break {
    around(rule, move |front, mut asked| async move {
        let given = front.forward(asked.clone()).await;
        if asked.is(method, path) && given.status == 404 && front.is_a(&asked) {
            let cookie = front.b.clone();
            asked.set("cookie", &cookie);
            return front.forward(asked).await;
        }
        given
    })
}

/// A key is made up where none came.
pub fn key_made_up(rule: &'static str, path: &'static str) -> Break {
    before(rule, move |front, asked| {
        if asked.is("POST", path) && asked.header("idempotency-key").is_empty() && front.is_a(asked)
        {
            asked.set("idempotency-key", &uuid::Uuid::new_v4().to_string());
        }
    })
}

/// A repeated answer does not say so.
pub fn replay_unsaid(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("POST", path) {
            given.headers.remove("idempotency-replayed");
        }
    })
}

/// Another request under a known key gives the last answer.
pub fn any_request(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |front, asked, given| {
        if !asked.is("POST", path) {
            return;
        }
        let mut kept = front.kept.lock().unwrap();
        if given.status.is_success() {
            kept.insert("answer".to_owned(), given.json());
        } else if given.is_problem("idempotency-key-reused") {
            let answer = kept["answer"].clone();
            given.status = axum::http::StatusCode::CREATED;
            given
                .headers
                .insert("content-type", "application/json".parse().unwrap());
            given.set_json(&answer);
        }
    })
}

/// Of many requests with one key, the third is taken for a new one.
pub fn third_is_new(rule: &'static str, path: &'static str) -> Break {
    before(rule, move |front, asked| {
        if asked.is("POST", path) && front.count(&asked.header("idempotency-key")) == 3 {
            asked.set("idempotency-key", &uuid::Uuid::new_v4().to_string());
        }
    })
}

/// The version that stands, of what a request is about.
async fn version(front: &Front, asked: &Asked) -> String {
    let mut read = asked.clone();
    read.method = axum::http::Method::GET;
    read.body = Vec::new();
    let etag = front.forward(read).await.json()["etag"].clone();
    format!("\"{}\"", etag.as_str().unwrap_or("none"))
}

/// A change without a version is made on the one that stands.
pub fn version_made_up(rule: &'static str, path: &'static str) -> Break {
    around(rule, move |front, mut asked| async move {
        if asked.is("PATCH", path) && asked.header("if-match").is_empty() && front.is_a(&asked) {
            let version = version(&front, &asked).await;
            asked.set("if-match", &version);
        }
        front.forward(asked).await
    })
}

/// A stale change is refused without how the object stands.
pub fn current_unsaid(rule: &'static str, path: &'static str) -> Break {
    after(rule, move |_, asked, given| {
        if asked.is("PATCH", path) && given.is_problem("precondition-failed") {
            given.edit(|body| body["current"] = Value::Null);
        }
    })
}

/// Whoever came too late is let in all the same.
pub fn all_win(rule: &'static str, path: &'static str) -> Break {
    around(rule, move |front, mut asked| async move {
        let mut given = front.forward(asked.clone()).await;
        let is_ours = asked.is("PATCH", path) && !asked.header("if-match").contains("conformance");
        // Two of those that lose at the same time can lose again.
        for _ in 0..20 {
            if !is_ours || !given.is_problem("precondition-failed") {
                break;
            }
            let version = version(&front, &asked).await;
            asked.set("if-match", &version);
            given = front.forward(asked.clone()).await;
        }
        given
    })
}

/// A change without a key is refused.
pub fn key_demanded(rule: &'static str, path: &'static str) -> Break {
    around(rule, move |front, asked| async move {
        let missing = asked.is("PATCH", path) && asked.header("idempotency-key").is_empty();
        if !missing {
            return front.forward(asked).await;
        }
        // Nothing is changed: what is asked is read, and refused.
        let mut read = asked.clone();
        read.method = axum::http::Method::GET;
        read.body = Vec::new();
        let mut given = front.forward(read).await;
        given.refuse(400, "idempotency-key-missing");
        given
    })
}

/// A repeated change is judged by its version alone.
pub fn version_first(rule: &'static str, path: &'static str) -> Break {
    before(rule, move |front, asked| {
        if asked.is("PATCH", path) && front.count(&asked.header("idempotency-key")) == 2 {
            asked.set("idempotency-key", &uuid::Uuid::new_v4().to_string());
        }
    })
}
