use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use std::path::Path;

const HASHED: &str = "assets/main-0123456789abcdef.js";

struct Served {
    api: TestApi,
    _folder: tempfile::TempDir,
}

fn served() -> Served {
    served_with(|_| {})
}

fn served_with(configure: impl FnOnce(&mut crate::Config)) -> Served {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret.txt"), "not for you").unwrap();
    let dist = folder.path().join("dist");
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("config.json", "{}"),
        ("manifest.webmanifest", "{}"),
        ("theme.css", "a {}"),
        ("icons.svg", "<svg/>"),
        (HASHED, "plain"),
        ("assets/main-0123456789abcdef.js.br", "brotli"),
        ("assets/main-0123456789abcdef.js.gz", "gzip"),
        ("assets/portal-0123456789abcdef.wasm", "\0asm"),
        (".stage/config.json", "{}"),
    ] {
        write(&dist, name, content);
    }
    let api = TestApi::with(|config| {
        config.portal = Some(dist);
        configure(config);
    });
    Served {
        api,
        _folder: folder,
    }
}

fn write(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

impl Served {
    async fn get(&self, path: &str) -> Answer {
        self.api.send(Call::get(path)).await
    }
}

#[tokio::test]
async fn every_screen_is_the_index_and_is_asked_for_again() {
    let served = served();
    for path in [
        "/",
        "/interactions?status=open",
        "/interactions/int_1",
        "/sign-in",
        "/help/",
    ] {
        let answer = served.get(path).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (StatusCode::OK, "<!doctype html>"),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn a_missing_asset_is_missing() {
    let served = served();
    for path in [
        "/assets/gone-0123456789abcdef.js",
        "/gone.css",
        "/locales/xx.json",
        "/assets/x",
        "/favicon.ico",
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("<!doctype"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let served = served();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/.stage/config.json",
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("not for you"), "{path}");
    }
}

#[tokio::test]
async fn a_name_with_a_digest_is_kept_for_ever_and_any_other_is_asked_for() {
    let served = served();
    let hashed = served.get(&format!("/{HASHED}")).await;
    assert_eq!(
        hashed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    for path in ["/config.json", "/theme.css", "/manifest.webmanifest"] {
        let answer = served.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let etag = answer.header("etag").to_owned();
        let again = served
            .api
            .send(Call::get(path).header("if-none-match", &etag))
            .await;
        assert_eq!(
            (again.status, again.bytes.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );
        assert_eq!(again.header("etag"), etag);
    }
}

#[tokio::test]
async fn drawings_are_kept_under_an_address_that_names_their_content() {
    let served = served();
    for (path, kept) in [
        ("/icons.svg?0123abcd", "public, max-age=604800"),
        ("/icons.svg", "no-cache"),
        ("/icons.svg?v=1", "no-cache"),
        ("/config.json?0123abcd", "no-cache"),
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), kept, "{path}");
    }
}

#[tokio::test]
async fn the_smallest_form_that_is_accepted_is_sent() {
    let served = served();
    let path = format!("/{HASHED}");
    let mut etags = Vec::new();
    for (accepted, coding, content) in [
        ("gzip, deflate, br, zstd", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip"),
        ("", "", "plain"),
    ] {
        let answer = served
            .api
            .send(Call::get(&path).header("accept-encoding", accepted))
            .await;
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.text(), content, "{accepted}");
        assert_eq!(
            answer.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-length"), content.len().to_string());
        etags.push(answer.header("etag").to_owned());
    }
    assert_ne!(etags[0], etags[3], "each form has its own version");
    assert_eq!(
        served
            .get("/assets/main-0123456789abcdef.js.br")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn media_types_are_those_that_browsers_insist_on() {
    let served = served();
    for (path, expected) in [
        ("/assets/portal-0123456789abcdef.wasm", "application/wasm"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/config.json", "application/json; charset=utf-8"),
        ("/theme.css", "text/css; charset=utf-8"),
    ] {
        assert_eq!(
            served.get(path).await.header("content-type"),
            expected,
            "{path}"
        );
    }
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_other_methods_are_refused() {
    let served = served();
    let head = served.api.send(Call::new(Method::HEAD, "/theme.css")).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), "4");
    assert_eq!(
        served.api.send(Call::new(Method::POST, "/")).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_safety() {
    let served = served();
    for path in ["/", "/theme.css", "/gone.css", &format!("/{HASHED}")] {
        let answer = served.get(path).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; \
             base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("strict-transport-security"), "");
    }
}

#[tokio::test]
async fn https_is_insisted_on_where_it_is_used() {
    let served = served_with(|config| config.public_url = Some("https://help.example.com".into()));
    assert_eq!(
        served.get("/").await.header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test]
async fn named_origins_may_frame_the_portal_but_never_the_sign_in() {
    let served =
        served_with(|config| config.frame_ancestors = vec!["https://www.example.com".into()]);
    let framed = served.get("/interactions").await;
    assert!(
        framed
            .header("content-security-policy")
            .contains("frame-ancestors https://www.example.com;")
    );
    assert_eq!(framed.header("x-frame-options"), "");
    for path in [
        "/sign-in",
        "/sign-in/",
        "//sign-in",
        "/sign-in?next=/",
        "/p",
        "/p/",
        "/people",
        "/track",
    ] {
        let answer = served.get(path).await;
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none';"),
            "{path}"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn below_a_path_everything_is_found_below_that_path_alone() {
    let served = served_with(|config| {
        config.public_url = Some("https://www.example.com/portal".into());
        config.frame_ancestors = vec!["https://www.example.com".into()];
    });
    for path in ["/portal/", "/portal/interactions/int_1"] {
        let answer = served.get(path).await;
        assert_eq!(answer.text(), "<!doctype html>", "{path}");
        assert_eq!(answer.header("x-frame-options"), "", "{path}");
    }
    let asset = served.get(&format!("/portal/{HASHED}")).await;
    assert_eq!(asset.text(), "plain");
    assert!(asset.header("cache-control").contains("immutable"));
    let sign_in = served.get("/portal/sign-in").await;
    assert_eq!(sign_in.header("x-frame-options"), "DENY");
    for (path, to) in [
        ("/portal", "/portal/"),
        ("/portal?a=b", "/portal/?a=b"),
        ("/", "/portal/"),
    ] {
        let answer = served.get(path).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(answer.header("location"), to, "{path}");
    }
    for path in ["/interactions", "/config.json", "/portals/", "/portal/v1/x"] {
        assert_eq!(
            served.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(served.get("/v1/nothing").await.problem(), "not-found");
}

#[tokio::test]
async fn the_apis_addresses_are_never_the_portals() {
    let served = served();
    assert_eq!(served.get("/v1/nothing").await.problem(), "not-found");
    assert_eq!(
        served.get("/dev/outbox").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(served.get("/healthz").await.text(), "ok\n");
}
