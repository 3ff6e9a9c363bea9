//! The reference API with its demonstration on a port of this machine, and two of its customers signed in.

use crate::belongings;
use crate::breaks::Break;
use crate::faulty::{self, Front};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use conformance::http::Origin;
use conformance::run::Task;
use conformance::subject::Subject;
use conformance::{EmbedKey, Given};
use reference_api::demo;
use reference_api::embed::{Host, Source};
use reference_api::store::ingest::Files;
use reference_api::testing::{Call, Kept, TestApi};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub const MAYA: &str = "maya.lindqvist@example.com";
const JONAS: &str = "jonas.weber@example.com";
const ISSUER: &str = "https://www.company.example";
const AUDIENCE: &str = "https://portal.company.example";

/// How long the second customer's proof is past when judging begins, in seconds: too old for what needs a fresh one, and no code is over yet.
const OLD_PROOF: i64 = 6 * 60;

/// Topics of which one reaches Maya by mail.
const TOPICS: [&str; 4] = [
    "tariff_offers",
    "newsletter",
    "consumption_report",
    "planned_works",
];

/// The API, served.
pub struct Scene {
    api: TestApi,
    given: Given,
    url: String,
    /// What the keys of the host stand in.
    _keys: TempDir,
}

impl Scene {
    /// Serves it, with a fault in front where one is given.
    pub async fn new(broken: Option<&'static Break>) -> Self {
        let Made { kept, given, set } = MADE.get_or_init(make).await;
        let keys = tempfile::tempdir().unwrap();
        let file = keys.path().join("jwks.json");
        std::fs::write(&file, set).unwrap();
        let api = TestApi::going_on_from(kept, |config| {
            config.demo = true;
            config.embed = Some(Host {
                issuer: ISSUER.to_owned(),
                audience: AUDIENCE.to_owned(),
                keys: Source::File(file),
            });
        });
        let front = Front::new(&api, broken, cookie(&given.a), cookie(&given.b));
        let url = faulty::serve(front).await;
        Self {
            api,
            given: given.clone(),
            url,
            _keys: keys,
        }
    }

    /// Judging all of it.
    pub fn task(&self) -> Task {
        Task {
            origin: Origin::read(&self.url).unwrap(),
            given: self.given.clone(),
            profiles: Vec::new(),
            only: Vec::new(),
        }
    }

    /// Where it is served.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Signs a customer in once more; gives the cookie.
    pub async fn sign_in(&self) -> String {
        self.api.sign_in(MAYA).await
    }

    /// How many rows there are of what customers do.
    pub async fn everything(&self) -> Vec<(String, i64)> {
        const TABLES: [&str; 7] = [
            "messages",
            "feedback",
            "data_requests",
            "preference_changes",
            "consent_decisions",
            "contact_points",
            "interactions",
        ];
        let count = |table: &'static str| {
            let sql = format!("SELECT count(*) FROM {table}");
            self.api
                .state
                .store
                .read(move |db| Ok(db.query_row(&sql, [], |row| row.get::<_, i64>(0))?))
        };
        let mut all = Vec::new();
        for table in TABLES {
            all.push((table.to_owned(), count(table).await.unwrap()));
        }
        all
    }
}

/// The demonstration with two customers signed in. It takes longer to make than to judge: it is made once, and each scene goes on from there.
struct Made {
    kept: Kept,
    given: Given,
    /// The set of keys that publishes the host's.
    set: String,
}

static MADE: OnceCell<Made> = OnceCell::const_new();

async fn make() -> Made {
    let api = TestApi::with(|config| config.demo = true);
    seed(&api).await;
    // The second customer proved who they are some time ago, the first just now.
    let b = api.sign_in(JONAS).await;
    belongings::give(&api, &b, JONAS).await;
    api.state.clock.advance(OLD_PROOF);
    let a = api.sign_in(MAYA).await;
    let (footer, one_click) = mail(&api).await;
    let (embed, set) = host_key();
    let subject = |cookie: &str| Subject::read(&format!("cookie:{cookie}")).unwrap();
    let given = Given {
        a: subject(&a),
        b: subject(&b),
        read_only: false,
        known_address: Some(MAYA.to_owned()),
        internal_note: Some(demo::INTERNAL_NOTE_SENTINEL.to_owned()),
        footer_token: Some(footer),
        one_click_token: Some(one_click),
        embed: Some(embed),
    };
    api.state.mailer.flushed().await;
    Made {
        kept: api.kept(),
        given,
        set,
    }
}

fn cookie(subject: &Subject) -> &str {
    &subject.headers[0].1
}

async fn seed(api: &TestApi) {
    let (store, files) = (api.state.store.clone(), Files::in_directory(api.files()));
    let now = api.state.clock.now();
    tokio::task::spawn_blocking(move || demo::seed(&store, &files, now))
        .await
        .unwrap()
        .unwrap();
}

/// A key of a host, and the set that publishes it.
fn host_key() -> (EmbedKey, String) {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random)
            .unwrap();
    // An uncompressed point: a byte that says so, and its two coordinates.
    let point = pair.public_key().as_ref();
    let (x, y) = point[1..].split_at(32);
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let set = json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "host-1", "x": encoded(x), "y": encoded(y),
    }] });
    let key = EmbedKey {
        key: document.as_ref().to_vec(),
        kid: "host-1".to_owned(),
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        subject: MAYA_REFERENCE.to_owned(),
    };
    (key, set.to_string())
}

/// Maya's number at the company of the demonstration.
const MAYA_REFERENCE: &str = "C-1001";

/// The tokens of a mail's footer and of its one click.
async fn mail(api: &TestApi) -> (String, String) {
    for topic in TOPICS {
        let body = json!({ "customer": MAYA, "topic": topic });
        let sent = api.send(Call::post("/dev/mail/topic", &body)).await;
        if sent.json()["sent"] != true {
            continue;
        }
        let letters = api.send(Call::get("/dev/outbox.json")).await.json();
        let letter = letters
            .as_array()
            .unwrap()
            .iter()
            .find(|letter| {
                letter["headers"]
                    .as_str()
                    .unwrap()
                    .contains("List-Unsubscribe")
            })
            .unwrap();
        let after = |text: &str, mark: &str| {
            let (_, rest) = text.split_once(mark).unwrap();
            let is_token = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
            rest.chars()
                .take_while(|c| is_token(*c))
                .collect::<String>()
        };
        let text = letter["text"].as_str().unwrap();
        return (
            after(text, "/p#t="),
            after(letter["headers"].as_str().unwrap(), "/v1/unsubscribe/"),
        );
    }
    panic!("no topic reaches Maya by mail");
}
