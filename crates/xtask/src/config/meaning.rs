//! What the schema cannot know of config.json: what a browser makes of it.

use serde_json::Value;

use super::place::below;
use super::texts;

/// Everything that is well formed and yet does nothing, or not what was meant.
pub fn check(json: &Value, find: &mut impl FnMut(&str, String)) {
    parents(json, find);
    features(json, find);
    ways_out(json, find);
    doubled(json, "/locales", find);
    doubled(json, "/frame_parents", find);
}

fn parents(json: &Value, find: &mut impl FnMut(&str, String)) {
    for (at, origin) in texts(json, "/frame_parents").enumerate() {
        let pointer = format!("/frame_parents/{at}");
        let port = origin
            .rsplit_once(':')
            .map(|(before, port)| (before.split(':').next(), port));
        if let Some((Some("https"), "443") | (Some("http"), "80")) = port {
            let bare = &origin[..origin.rfind(':').unwrap_or(origin.len())];
            find(
                &pointer,
                format!("browsers never name the usual port: write \"{bare}\""),
            );
        } else if let Some((_, port)) = port
            && port.chars().all(|c| c.is_ascii_digit())
            && !port.parse::<u16>().is_ok_and(|port| port > 0)
        {
            find(&pointer, format!("there is no port {port}"));
        }
    }
}

fn features(json: &Value, find: &mut impl FnMut(&str, String)) {
    let is_off = |name: &str| json.pointer(&below("/features", name)) == Some(&Value::Bool(false));
    let is_on = |name: &str| json.pointer(&below("/features", name)) == Some(&Value::Bool(true));
    let belong = [
        (
            "interactions",
            &["contact", "callback", "guides", "notices"][..],
        ),
        ("feedback", &["improvements"]),
        ("data_rights", &["data_inventory", "delegations"]),
    ];
    for (whole, parts) in belong {
        for part in parts.iter().filter(|part| is_off(whole) && is_on(part)) {
            let what = format!("there is no \"{part}\" without \"{whole}\", which is switched off");
            find(&below("/features", part), what);
        }
    }
}

/// Who cannot open the portal has nothing but these.
fn ways_out(json: &Value, find: &mut impl FnMut(&str, String)) {
    let link = |name: &str| json.pointer(&below("/links", name)).and_then(Value::as_str);
    if link("phone").is_none() && link("email").is_none() {
        find("/links", "give a \"phone\" or an \"email\": they are what a customer is offered when the page cannot start".into());
    }
    if link("phone").is_some_and(|phone| phone.chars().filter(char::is_ascii_digit).count() < 3) {
        find("/links/phone", "this has no digits to call".into());
    }
    if link("email").is_some_and(|email| !is_address(email)) {
        find("/links/email", "this is no email address".into());
    }
    for name in ["home", "privacy", "accessibility"] {
        if link(name).is_some_and(|url| url.starts_with("http://localhost")) {
            find(
                &below("/links", name),
                "only this machine reaches http://localhost: give an https:// address".into(),
            );
        }
    }
}

fn is_address(email: &str) -> bool {
    email.split_once('@').is_some_and(|(user, host)| {
        let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
        !user.is_empty() && is_host && !email.contains(char::is_whitespace) && !host.contains('@')
    })
}

fn doubled(json: &Value, list: &str, find: &mut impl FnMut(&str, String)) {
    let all: Vec<&str> = texts(json, list).collect();
    for (at, one) in all.iter().enumerate() {
        if all[..at]
            .iter()
            .any(|before| before.eq_ignore_ascii_case(one))
        {
            find(
                &format!("{list}/{at}"),
                format!("\"{one}\" stands here twice"),
            );
        }
    }
}
