//! The ID token: what is checked of it, and what it says.

use super::provider::{OidcClient, Tokens, ask, failed};
use super::{CompanySignIn, Problem, Purpose, Transaction};
use crate::config::CustomerClaim;
use crate::secrets::Secrets;
use crate::store::time::Moment;
use openidconnect::core::{
    CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, ClaimsVerificationError, IdTokenClaims, Nonce,
    OAuth2TokenResponse, SignatureVerificationError, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How far the clocks may be apart, in seconds.
pub(super) const SKEW: i64 = 60;

/// The algorithms that sign. None that signs with a secret that both sides know, and never none at all.
pub(super) const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a token says besides the standard's claims: `sid`, and whatever a company finds its customers by.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Claims {
    sid: Option<String>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

impl AdditionalClaims for Claims {}

/// An ID token.
pub(super) type IdToken = openidconnect::IdToken<
    Claims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Said = IdTokenClaims<Claims, CoreGenderClaim>;

/// How the provider names the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By an address that it has verified.
    Address(String),
    /// By the company's own number.
    Reference(String),
}

/// Who it is, and how long ago they proved it.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) named: Named,
    /// The provider's own name for the person.
    pub(crate) subject: String,
    /// The provider's own session, where it tells.
    pub(crate) sid: Option<String>,
    /// When the proof was, by this server's clock; absent where the provider does not tell.
    pub(crate) auth_time: Option<Moment>,
    /// The token, as the provider wants to see it again.
    pub(crate) id_token: String,
}

/// The machine's clock: what the provider's moments are compared with.
pub(super) fn machine_seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Checks the tokens of a way, and reads who it is.
pub(super) async fn read(
    company: &CompanySignIn,
    client: &OidcClient,
    secrets: &Secrets,
    way: &Transaction,
    tokens: &Tokens,
    now: Moment,
) -> Result<Proof, Problem> {
    let id_token = tokens
        .id_token()
        .ok_or_else(|| failed("no ID token came"))?;
    let nonce = way.nonce(secrets);
    let anew;
    let client = match claims(client, id_token, &nonce) {
        // The provider has changed its keys since they were read.
        Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        )) => {
            anew = company.client_anew().await?;
            &anew
        }
        _ => client,
    };
    let said = claims(client, id_token, &nonce).map_err(|error| failed(sort(&error)))?;
    check_party(company, said)?;
    check_access_token(client, id_token, said, tokens)?;
    let age = said
        .auth_time()
        .map(|at| machine_seconds() - at.timestamp());
    if let Purpose::StepUp { .. } = way.purpose {
        check_fresh(company, said, age, way, now)?;
    }
    Ok(Proof {
        named: named(company, client, said, tokens).await?,
        subject: said.subject().to_string(),
        sid: said.additional_claims().sid.clone(),
        auth_time: age.map(|age| now.plus_seconds(-age.max(0))),
        id_token: id_token.to_string(),
    })
}

/// Signature, algorithm, issuer, audience, expiry and nonce.
fn claims<'a>(
    client: &OidcClient,
    id_token: &'a IdToken,
    nonce: &str,
) -> Result<&'a Said, ClaimsVerificationError> {
    let time = || {
        chrono::DateTime::from_timestamp(machine_seconds() - SKEW, 0)
            .expect("the machine's clock shows a year that there is")
    };
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(time)
        .set_issue_time_verifier_fn(|at| {
            let ahead = at.timestamp() - machine_seconds();
            (ahead <= SKEW)
                .then_some(())
                .ok_or_else(|| "not yet".to_owned())
        });
    id_token.claims(&verifier, &Nonce::new(nonce.to_owned()))
}

/// The authorized party (OpenID Connect Core, 3.1.3.7, 4 and 5), which the crate leaves to its users.
fn check_party(company: &CompanySignIn, said: &Said) -> Result<(), Problem> {
    let ours = said
        .authorized_party()
        .map(|party| party.as_str() == company.config().client_id);
    match ours {
        Some(true) => Ok(()),
        None if said.audiences().len() == 1 => Ok(()),
        _ => Err(failed("the ID token is for another party")),
    }
}

/// The access token belongs to the ID token (3.1.3.8).
fn check_access_token(
    client: &OidcClient,
    id_token: &IdToken,
    said: &Said,
    tokens: &Tokens,
) -> Result<(), Problem> {
    let Some(expected) = said.access_token_hash() else {
        return Ok(());
    };
    let other = || failed("the access token is another's");
    let algorithm = id_token.signing_alg().map_err(|_| other())?;
    let verifier = client.id_token_verifier();
    let key = id_token.signing_key(&verifier).map_err(|_| other())?;
    let actual =
        AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|_| other())?;
    (actual == *expected).then_some(()).ok_or_else(other)
}

/// The proof was given on this way, and strongly enough.
fn check_fresh(
    company: &CompanySignIn,
    said: &Said,
    age: Option<i64>,
    way: &Transaction,
    now: Moment,
) -> Result<(), Problem> {
    let on_the_way = way.began.seconds_until(now).cast_signed() + SKEW;
    if age.is_none_or(|age| age > on_the_way) {
        tracing::warn!(
            "the company's sign-in proved nothing anew: does it heed max_age and tell auth_time?"
        );
        return Err(Problem::NotProven);
    }
    let wanted = &company.config().acr_values;
    let given = said.auth_context_ref();
    let is_strong = given.is_some_and(|given| wanted.iter().any(|one| one == given.as_str()));
    if wanted.is_empty() || is_strong {
        return Ok(());
    }
    tracing::warn!("the company's sign-in proved with none of acr_values");
    Err(Problem::NotProven)
}

async fn named(
    company: &CompanySignIn,
    client: &OidcClient,
    said: &Said,
    tokens: &Tokens,
) -> Result<Named, Problem> {
    match &company.config().customer_claim {
        CustomerClaim::Reference(name) if name == "sub" => {
            Ok(Named::Reference(said.subject().to_string()))
        }
        CustomerClaim::Reference(name) => {
            if let Some(value) = text_of(&said.additional_claims().more, name) {
                return Ok(Named::Reference(value));
            }
            let info = user_info(client, said, tokens).await?;
            let value = text_of(&info.additional_claims().more, name);
            value.map(Named::Reference).ok_or_else(|| unnamed(name))
        }
        CustomerClaim::Email => {
            if let Some(email) = said.email() {
                return address(email.as_str(), said.email_verified());
            }
            let info = user_info(client, said, tokens).await?;
            let email = info.email().ok_or_else(|| unnamed("email"))?;
            address(email.as_str(), info.email_verified())
        }
    }
}

/// Whoever could write any address into their account at the provider would be any customer here.
fn address(email: &str, is_verified: Option<bool>) -> Result<Named, Problem> {
    if is_verified == Some(true) {
        return Ok(Named::Address(email.to_owned()));
    }
    tracing::warn!("the company's sign-in has not verified the address (email_verified)");
    Err(Problem::UnknownCustomer)
}

fn unnamed(claim: &str) -> Problem {
    tracing::warn!(
        claim,
        "the company's sign-in does not name the customer: is the scope asked for?"
    );
    Problem::UnknownCustomer
}

fn text_of(claims: &Map<String, Value>, name: &str) -> Option<String> {
    match claims.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The user info, of the same person: many providers say the address there alone.
async fn user_info(
    client: &OidcClient,
    said: &Said,
    tokens: &Tokens,
) -> Result<UserInfoClaims<Claims, CoreGenderClaim>, Problem> {
    let request = client
        .user_info(tokens.access_token().clone(), Some(said.subject().clone()))
        .map_err(|_| unnamed("userinfo_endpoint"))?;
    let info = request.request_async(&ask).await;
    info.map_err(|error| match error {
        openidconnect::UserInfoError::Request(why) => {
            tracing::warn!(%why, "the company's sign-in does not answer");
            Problem::Unavailable
        }
        _ => failed("its user info cannot be read, or is another's"),
    })
}

/// What is wrong, without what stands in the token.
fn sort(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "the ID token has run out, or is not good yet",
        ClaimsVerificationError::InvalidAudience(_) => "the ID token is for another client",
        ClaimsVerificationError::InvalidIssuer(_) => "the ID token is another issuer's",
        ClaimsVerificationError::InvalidNonce(_) => "the ID token answers another request (nonce)",
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::DisallowedAlg(_) | SignatureVerificationError::NoSignature,
        ) => "the ID token is signed by an algorithm that is not taken",
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        ) => "the ID token is signed with a key that the provider does not name",
        ClaimsVerificationError::SignatureVerification(_) => "the ID token's signature is wrong",
        _ => "the ID token cannot be believed",
    }
}
