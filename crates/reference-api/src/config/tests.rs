use super::*;
use std::io::Write;

fn load(file: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let mut settings = tempfile::Builder::new()
        .prefix("settings")
        .suffix(".toml")
        .tempfile()
        .unwrap();
    settings.write_all(file.as_bytes()).unwrap();
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let folder = settings.path().parent().unwrap().display().to_string();
    Config::load(Some(settings.path()), variables)
        .map_err(|error| error.to_string().replace(&folder, ""))
}

fn refusal(file: &str, variables: &[(&str, &str)]) -> String {
    load(file, variables).expect_err("it is refused")
}

#[test]
fn the_environment_goes_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\n[company]\nname = \"One\"\nlocales = [\"de\"]\n[log]\nformat = \"json\"";
    let config = load(
        file,
        &[("PORTAL_API_COMPANY_NAME", "Two"), ("HOME", "/nowhere")],
    )
    .unwrap();
    assert_eq!(config.company.name, "Two");
    assert_eq!(config.company.locales, ["de"]);
    assert_eq!(config.listen.port(), 1);
    assert!(config.log.json);
}

#[test]
fn lists_and_numbers_come_from_variables_too() {
    let variables = [
        (
            "PORTAL_API_ALLOWED_ORIGINS",
            "https://a.example, https://b.example/",
        ),
        ("PORTAL_API_LIMITS_ATTACHMENT_BYTES", "1000"),
        ("PORTAL_API_TRUST_FORWARDED_FOR", "true"),
    ];
    let config = load("", &variables).unwrap();
    assert_eq!(
        config.allowed_origins,
        ["https://a.example", "https://b.example"]
    );
    assert_eq!(config.limits.attachment_bytes, 1000);
    assert!(config.trust_forwarded_for);
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_its_neighbour() {
    let refused = refusal("[mail]\nhots = \"x\"", &[]);
    assert!(refused.contains("\"mail.hots\""), "{refused}");
    assert!(refused.contains(".toml"), "{refused}");
    assert!(refused.contains("did you mean \"mail.host\"?"), "{refused}");
    let refused = refusal("", &[("PORTAL_API_PUBLICURL", "x")]);
    assert!(
        refused.contains("did you mean \"PORTAL_API_PUBLIC_URL\"?"),
        "{refused}"
    );
}

#[test]
fn a_wrong_value_says_what_is_expected_and_what_was_found() {
    assert!(
        refusal("[mail]\nport = 0", &[]).contains("\"mail.port\""),
        "the port comes first"
    );
    let refused = refusal("", &[("PORTAL_API_SESSION_IDLE_MINUTES", "soon")]);
    assert_eq!(
        refused,
        "\"session.idle_minutes\" (in the environment variable PORTAL_API_SESSION_IDLE_MINUTES): \
         expected a whole number from 5 to 1440, found \"soon\""
    );
    assert!(
        refusal(
            "allowed_origins = [\"https://a.example; script-src *\"]",
            &[]
        )
        .contains("\"allowed_origins\"")
    );
    assert!(refusal("log = 1", &[]).contains("\"log\""));
}

#[test]
fn a_secret_is_not_repeated() {
    let refused = refusal("secret = \"hunter2\"", &[]);
    assert!(
        refused.contains("at least 32 characters") && !refused.contains("hunter2"),
        "{refused}"
    );
}

#[test]
fn a_mail_server_without_a_sender_is_refused() {
    assert_eq!(
        refusal("[mail]\nhost = \"mail.example\"", &[]),
        "\"mail.from\" is needed when \"mail.host\" is set"
    );
}

#[test]
fn a_file_that_is_absent_or_broken_is_named() {
    let error = Config::load(Some(std::path::Path::new("absent.toml")), [])
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("the configuration file absent.toml cannot be read"),
        "{error}"
    );
    assert!(refusal("listen = ", &[]).contains("is not TOML"));
}

#[test]
fn the_example_shows_every_setting_and_can_be_used() {
    let file = include_str!("../../settings.example.toml");
    let config = load(file, &[]).unwrap();
    assert!(config.is_https());
    assert_eq!(config.mail.unwrap().tls, MailTls::Implicit);
    // Of two that say the same in two ways, one stands there and the other is named beside it.
    let words: Vec<&str> = file
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    for key in load::KEYS {
        let name = key.rsplit('.').next().unwrap();
        assert!(words.contains(&name), "the example leaves {key} out");
    }
}

#[test]
fn the_documentation_tells_of_every_setting() {
    let page = include_str!("../../../../docs/configuring.md");
    for key in load::KEYS {
        assert!(
            page.contains(&format!("`{key}`")),
            "docs/configuring.md leaves {key} out"
        );
    }
}
