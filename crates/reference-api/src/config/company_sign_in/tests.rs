use super::*;
use crate::config::Config;

fn read(toml: &str) -> Result<Config, ConfigError> {
    let file = tempfile::NamedTempFile::new().expect("a test has a temporary file");
    std::fs::write(file.path(), toml).expect("it can be written");
    Config::load(Some(file.path()), [])
}

fn provider_of(toml: &str) -> OpenIdConnect {
    let config = read(toml).expect("it is right");
    config.openid_connect.expect("there is one")
}

const WHOLE: &str = "[sign_in.openid_connect]
issuer = \"https://login.example.com\"
client_id = \"portal\"
client_secret = \"a secret of the client\"
";

#[test]
fn without_a_provider_a_code_signs_in() {
    let config = read("").unwrap();
    assert_eq!(config.sign_in_modes, [AuthMode::EmailCode]);
    assert!(config.openid_connect.is_none());
}

#[test]
fn a_provider_is_preferred_and_customers_are_found_by_their_number() {
    let config = read(WHOLE).unwrap();
    assert_eq!(
        config.sign_in_modes,
        [AuthMode::Redirect, AuthMode::EmailCode]
    );
    let provider = provider_of(WHOLE);
    assert_eq!(
        provider.customer_claim,
        CustomerClaim::Reference("sub".to_owned())
    );
    assert!(provider.scopes.is_empty() && provider.acr_values.is_empty());
}

#[test]
fn by_address_the_address_is_asked_for() {
    let provider = provider_of(&format!("{WHOLE}customer_claim = \"email\"\n"));
    assert_eq!(provider.customer_claim, CustomerClaim::Email);
    assert_eq!(provider.scopes, ["email"]);
    let named = provider_of(&format!(
        "{WHOLE}customer_claim = \"customer_number\"\nscopes = [\"openid\", \"profile\"]\n"
    ));
    assert_eq!(named.scopes, ["profile"]);
}

#[test]
fn the_secret_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "held elsewhere\n").unwrap();
    let without = WHOLE.replace("client_secret = \"a secret of the client\"\n", "");
    let toml = format!("{without}client_secret_file = {:?}\n", file.display());
    assert_eq!(provider_of(&toml).client_secret, "held elsewhere");
    let both = format!("{WHOLE}client_secret_file = {:?}\n", file.display());
    assert!(read(&both).unwrap_err().to_string().contains("set one of"));
    std::fs::write(&file, "\n").unwrap();
    assert!(read(&toml).unwrap_err().to_string().contains("is empty"));
}

#[test]
fn what_is_wrong_is_named_and_the_secret_never() {
    for (toml, named) in [
        (WHOLE.replace("https://login", "http://login"), ISSUER),
        (WHOLE.replace("client_id = \"portal\"\n", ""), CLIENT_ID),
        (
            WHOLE.replace("client_secret = \"a secret of the client\"\n", ""),
            CLIENT_SECRET,
        ),
        (
            WHOLE.replace("issuer = \"https://login.example.com\"\n", ""),
            ISSUER,
        ),
        (format!("{WHOLE}scopes = [\"a b\"]\n"), SCOPES),
        ("[sign_in]\nmodes = [\"redirect\"]\n".to_owned(), ISSUER),
        ("[sign_in]\nmodes = [\"magic\"]\n".to_owned(), MODES),
        ("[sign_in]\nmodes = []\n".to_owned(), MODES),
        (
            "[sign_in]\nmodes = [\"email_code\", \"email_code\"]\n".to_owned(),
            MODES,
        ),
        (
            WHOLE.replace("\"a secret of the client\"", "17"),
            CLIENT_SECRET,
        ),
    ] {
        let told = read(&toml).unwrap_err().to_string();
        assert!(told.contains(named), "{told}");
        assert!(!told.contains("a secret of"), "{told}");
    }
    assert!(!format!("{:?}", provider_of(WHOLE)).contains("a secret of"));
}

#[test]
fn a_provider_that_is_no_way_to_sign_in_is_left_alone() {
    let config = read(&format!("[sign_in]\nmodes = [\"email_code\"]\n{WHOLE}")).unwrap();
    assert!(config.openid_connect.is_none());
}
