//! Where a way leads to: what people read, and what a press opens.

use phonenumber::Mode;
use portal_contract::contact::ContactAddress;
use portal_contract::contact_point::PostalAddress;

/// A number of the company's, also one that costs more than a call. It begins with `+`.
///
/// # Errors
/// With what is wrong with it.
pub fn number(text: &str) -> Result<ContactAddress, String> {
    let wrong = || {
        format!(
            "{text:?} is no telephone number; begin with + and the country's code, such as \"+49 30 23125 123\""
        )
    };
    if !text.trim_start().starts_with('+') {
        return Err(wrong());
    }
    let number = phonenumber::parse(None, text).map_err(|_| wrong())?;
    if !number.is_valid() || number.extension().is_some() {
        return Err(wrong());
    }
    Ok(ContactAddress {
        value: number.format().mode(Mode::International).to_string(),
        uri: Some(format!("tel:{}", number.format().mode(Mode::E164))),
        postal: None,
    })
}

/// A mail address. `mailto:` (RFC 6068) takes the characters of an address as they are but for a few.
///
/// # Errors
/// With what is wrong with it.
pub fn email(text: &str) -> Result<ContactAddress, String> {
    let address: lettre::Address = text
        .parse()
        .map_err(|_| format!("{text:?} is no email address"))?;
    let mut uri = "mailto:".to_owned();
    for byte in address.to_string().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@+!$'*".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    Ok(ContactAddress {
        value: address.to_string(),
        uri: Some(uri),
        postal: None,
    })
}

/// A page or an account, shown by `shown` or by the address without its scheme.
///
/// # Errors
/// With what is wrong with it.
pub fn link(url: &str, shown: Option<&str>) -> Result<ContactAddress, String> {
    let rest = https(url)?;
    Ok(ContactAddress {
        value: shown.map_or_else(|| rest.trim_end_matches('/').to_owned(), str::to_owned),
        uri: Some(url.to_owned()),
        postal: None,
    })
}

/// A postal address, perhaps with a page that shows the way.
///
/// # Errors
/// With what is wrong with it.
pub fn postal(postal: PostalAddress, url: Option<&str>) -> Result<ContactAddress, String> {
    let lines = &postal.lines;
    let long = |line: &String| line.trim().is_empty() || line.chars().count() > 100;
    if lines.is_empty() || lines.len() > 8 || lines.iter().any(long) {
        return Err("\"lines\" has 1 to 8 lines of 1 to 100 characters".to_owned());
    }
    let is_code =
        postal.country.len() == 2 && postal.country.bytes().all(|b| b.is_ascii_uppercase());
    if !is_code {
        return Err(format!(
            "\"country\" is {:?}; ISO 3166 has two capital letters, such as \"DE\"",
            postal.country
        ));
    }
    if let Some(url) = url {
        https(url)?;
    }
    Ok(ContactAddress {
        value: lines.join("\n"),
        uri: url.map(str::to_owned),
        postal: Some(postal),
    })
}

/// What follows `https://`, where the whole is an address that a page may link to.
fn https(url: &str) -> Result<&str, String> {
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    url.strip_prefix("https://")
        .filter(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(plain))
        .ok_or_else(|| format!("{url:?} is no https address"))
}
