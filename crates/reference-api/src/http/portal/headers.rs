//! What the portal says with every answer, so that a browser lets it do what it needs and nothing else.

use crate::config::Config;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// All that a page could ask a browser for.
const PERMISSIONS: [&str; 23] = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
];

/// Screens on which a customer proves who they are, and those that a secret link opens: in nobody's frame, whatever the
/// configuration says.
const NEVER_FRAMED: [&str; 3] = ["sign-in", "p", "track"];

/// The headers of a configuration.
pub(super) struct Headers {
    fixed: Vec<(HeaderName, HeaderValue)>,
    policy: HeaderValue,
    policy_unframed: HeaderValue,
    framed: bool,
}

impl Headers {
    pub(super) fn of(config: &Config) -> Self {
        let mut fixed = vec![
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (HeaderName::from_static("permissions-policy"), permissions()),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            ),
        ];
        if config.is_https() {
            fixed.push((
                STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000"),
            ));
        }
        Self {
            fixed,
            policy: policy(&config.frame_ancestors),
            policy_unframed: policy(&[]),
            framed: !config.frame_ancestors.is_empty(),
        }
    }

    pub(super) fn add(&self, path: &str, headers: &mut HeaderMap) {
        for (name, value) in &self.fixed {
            headers.insert(name, value.clone());
        }
        let framed = self.framed && !NEVER_FRAMED.contains(&path.trim_matches('/'));
        if framed {
            headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        } else {
            headers.insert(CONTENT_SECURITY_POLICY, self.policy_unframed.clone());
            headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        }
    }
}

fn permissions() -> HeaderValue {
    let list: Vec<String> = PERMISSIONS
        .iter()
        .map(|name| format!("{name}=()"))
        .collect();
    HeaderValue::try_from(list.join(", ")).expect("names and brackets are a header value")
}

/// The content security policy. `frame-src 'self'` is for HTML mail, which the API serves as a document with a policy of its
/// own into a sandboxed frame.
fn policy(frame_ancestors: &[String]) -> HeaderValue {
    let ancestors = if frame_ancestors.is_empty() {
        "'none'".to_owned()
    } else {
        frame_ancestors.join(" ")
    };
    let text = [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        &format!("frame-ancestors {ancestors}"),
        "require-trusted-types-for 'script'",
        // No string ever becomes markup here, so that no policy is needed which would let one.
        "trusted-types 'none'",
    ]
    .join("; ");
    HeaderValue::try_from(text).expect("origins were checked when the configuration was read")
}
