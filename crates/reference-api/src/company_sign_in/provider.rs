//! What is asked of the provider: where it stands, and the tokens of a code.

use super::proof::{self, Claims, Proof};
use super::{CompanySignIn, Problem, Purpose, Transaction};
use crate::config::OpenIdConnect;
use crate::outgoing::{self, Bounds, Failure, trusted};
use crate::secrets::Secrets;
use crate::store::time::Moment;
use axum::http::{Request, Response};
use bytes::Bytes;
use http_body_util::Full;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreSubjectIdentifierType, CoreTokenIntrospectionResponse,
    CoreTokenType,
};
use openidconnect::url::{Position, Url};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthenticationContextClass, AuthorizationCode, Client,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, LanguageTag, LoginHint,
    LogoutProviderMetadata, LogoutRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadata, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long what a provider says of itself is believed.
const KNOWN_FOR: Duration = Duration::from_secs(60 * 60);

/// A provider that did not answer, or whose keys were just read, is left alone for so long.
const LEFT_ALONE: Duration = Duration::from_secs(if cfg!(test) { 0 } else { 5 });

/// How long one question to it may take, and how much it may answer. A company's provider may stand in its own network.
const BOUNDS: Bounds = Bounds {
    patience: Duration::from_secs(if cfg!(test) { 1 } else { 8 }),
    most_bytes: 1 << 20,
    private_network: true,
};

/// What the discovery document says besides what the crate reads.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct More {
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    LogoutProviderMetadata<More>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The answer of the token endpoint.
pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// The crate's client.
pub(super) type OidcClient = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What is known of the provider, and since when; nothing where it did not answer.
pub(super) struct Known {
    said: Option<Arc<Metadata>>,
    since: Instant,
}

/// What a customer's way to the provider is to be like.
pub(crate) struct Wish {
    /// Where the provider is to come back to.
    pub(crate) callback: String,
    /// The language of its screens.
    pub(crate) ui_locales: Option<String>,
    /// Who it will be, as a page of the company's own knows.
    pub(crate) login_hint: Option<String>,
    /// Whether somebody is to prove who they are, whoever is signed in there already.
    pub(crate) prompts: bool,
    /// The oldest proof that will do, in seconds.
    pub(crate) max_age: u64,
}

/// What came back by way of the browser.
pub(crate) struct Answer {
    pub(crate) code: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) iss: Option<String>,
}

impl CompanySignIn {
    /// The settings.
    pub(super) fn config(&self) -> &OpenIdConnect {
        &self.config
    }

    /// What the provider says of itself; asked anew where that is older than `believed`.
    async fn metadata(&self, believed: Duration) -> Result<Arc<Metadata>, Problem> {
        let mut known = self.known.lock().await;
        if let Some(known) = &*known {
            let age = known.since.elapsed();
            match &known.said {
                Some(said) if age < believed => return Ok(said.clone()),
                None if age < LEFT_ALONE => return Err(Problem::Unavailable),
                _ => {}
            }
        }
        let asked = discover(&self.config.issuer).await;
        let said = match (asked, known.take().and_then(|known| known.said)) {
            (Ok(said), _) => Some(Arc::new(said)),
            // What it said before is better than nothing.
            (Err(why), Some(before)) => {
                tracing::warn!(
                    why,
                    "the company's sign-in does not say anew where it stands"
                );
                Some(before)
            }
            (Err(why), None) => {
                tracing::warn!(
                    why,
                    issuer = self.config.issuer,
                    "the company's sign-in is not reached"
                );
                None
            }
        };
        *known = Some(Known {
            said: said.clone(),
            since: Instant::now(),
        });
        said.ok_or(Problem::Unavailable)
    }

    /// The provider's keys; read anew where none of those that are known fits.
    pub(super) async fn keys(&self, anew: bool) -> Result<CoreJsonWebKeySet, Problem> {
        let believed = if anew { LEFT_ALONE } else { KNOWN_FOR };
        Ok(self.metadata(believed).await?.jwks().clone())
    }

    /// The client with the keys that the provider has now.
    pub(super) async fn client_anew(&self) -> Result<OidcClient, Problem> {
        Ok(self.client(&*self.metadata(LEFT_ALONE).await?))
    }

    fn client(&self, said: &Metadata) -> OidcClient {
        let id = ClientId::new(self.config.client_id.clone());
        let secret = ClientSecret::new(self.config.client_secret.clone());
        let client = OidcClient::from_provider_metadata(said.clone(), id, Some(secret));
        let ways = said.token_endpoint_auth_methods_supported();
        let takes = |way: &CoreClientAuthMethod| ways.is_none_or(|ways| ways.contains(way));
        // Basic is what every provider has to take where it says nothing else.
        if !takes(&CoreClientAuthMethod::ClientSecretBasic)
            && takes(&CoreClientAuthMethod::ClientSecretPost)
        {
            return client.set_auth_type(AuthType::RequestBody);
        }
        client
    }

    /// Where the browser is to go.
    pub(crate) async fn address(
        &self,
        secrets: &Secrets,
        way: &Transaction,
        wish: Wish,
    ) -> Result<String, Problem> {
        let said = self.metadata(KNOWN_FOR).await?;
        let client = self.client(&said);
        let (state, nonce) = (way.state.clone(), way.nonce(secrets));
        let verifier = PkceCodeVerifier::new(way.verifier(secrets));
        let callback = redirect(wish.callback)?;
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .set_redirect_uri(Cow::Owned(callback))
            .set_max_age(Duration::from_secs(wish.max_age))
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new));
        if wish.prompts {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        if let Purpose::StepUp { .. } = way.purpose {
            for context in &self.config.acr_values {
                request = request
                    .add_auth_context_value(AuthenticationContextClass::new(context.clone()));
            }
        }
        if let Some(tag) = wish.ui_locales {
            request = request.add_ui_locale(LanguageTag::new(tag));
        }
        if let Some(hint) = wish.login_hint {
            request = request.set_login_hint(LoginHint::new(hint));
        }
        let (url, _, _) = request.url();
        is_trusted(&url).then(|| url.into()).ok_or(Problem::Failed)
    }

    /// Who it is, by the provider's answer to this way.
    pub(crate) async fn proven(
        &self,
        secrets: &Secrets,
        way: &Transaction,
        answer: Answer,
        callback: String,
        now: Moment,
    ) -> Result<Proof, Problem> {
        let said = self.metadata(KNOWN_FOR).await?;
        self.check_issuer(&said, answer.iss.as_deref())?;
        if let Some(error) = answer.error {
            tracing::info!(
                error = plain(&error),
                "the company's sign-in signs nobody in"
            );
            return Err(Problem::of_error(&error));
        }
        let code = answer.code.ok_or(Problem::Failed)?;
        let client = self.client(&said).set_redirect_uri(redirect(callback)?);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| failed("it has no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(way.verifier(secrets)));
        let tokens = request
            .request_async(&ask)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(why) => {
                    tracing::warn!(%why, "the company's sign-in does not answer");
                    Problem::Unavailable
                }
                RequestTokenError::ServerResponse(said) => failed(&plain(said.error().as_ref())),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    failed("its token endpoint answers what cannot be read")
                }
            })?;
        proof::read(self, &client, secrets, way, &tokens, now).await
    }

    /// Whether the answer is this provider's (RFC 9207): one that says so always says so.
    fn check_issuer(&self, said: &Metadata, iss: Option<&str>) -> Result<(), Problem> {
        let more = &said.additional_metadata().additional_metadata;
        let always = more.authorization_response_iss_parameter_supported == Some(true);
        match iss {
            Some(iss) if iss == self.config.issuer => Ok(()),
            None if !always => Ok(()),
            _ => Err(failed("the answer is another issuer's")),
        }
    }

    /// Where the browser is to go to sign out there too; nothing where the provider has no such place, or does not answer.
    pub(crate) async fn sign_out_address(
        &self,
        id_token: &str,
        back: String,
        state: String,
    ) -> Option<String> {
        let said = self.metadata(KNOWN_FOR).await.ok()?;
        let place = said.additional_metadata().end_session_endpoint.clone()?;
        let id_token = id_token.parse::<proof::IdToken>().ok()?;
        let url = LogoutRequest::from(place)
            .set_id_token_hint(&id_token)
            .set_client_id(ClientId::new(self.config.client_id.clone()))
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(back).ok()?)
            .set_state(CsrfToken::new(state))
            .http_get_url();
        is_trusted(&url).then(|| url.into())
    }
}

/// Notes for the operator what was wrong.
pub(super) fn failed(why: &str) -> Problem {
    tracing::warn!(why, "the company's sign-in is not believed");
    Problem::Failed
}

/// What a log may hold of what came from outside.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_graphic);
    letters.take(60).collect()
}

fn redirect(address: String) -> Result<RedirectUrl, Problem> {
    RedirectUrl::new(address).map_err(|_| failed("the callback is no address: set public_url"))
}

fn is_trusted(url: &Url) -> bool {
    // The query may hold what a `Uri` does not take; where it leads is what matters.
    trusted(&url[..Position::AfterPath]).is_some()
}

async fn discover(issuer: &str) -> Result<Metadata, String> {
    let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
    let said = Metadata::discover_async(issuer, &ask).await;
    said.map_err(|error| match error {
        openidconnect::DiscoveryError::Request(why) => why.to_string(),
        // Where in the document, but not what stands there.
        openidconnect::DiscoveryError::Parse(why) => format!("it cannot be read at {}", why.path()),
        openidconnect::DiscoveryError::Response(status, ..) => format!("it answers {status}"),
        openidconnect::DiscoveryError::Validation(why) => why,
        _ => "it has no discovery document".to_owned(),
    })
}

/// The crate's way to the network.
pub(super) async fn ask(request: HttpRequest) -> Result<HttpResponse, Failure> {
    let (parts, body) = request.into_parts();
    // What the discovery document names is asked by the same rule as what the configuration names.
    if trusted(&parts.uri.to_string()).is_none() {
        return Err(Failure::Tls);
    }
    let request = Request::from_parts(parts, Full::new(Bytes::from(body)));
    let reply = outgoing::send(request, BOUNDS).await?;
    let mut response = Response::new(reply.body.to_vec());
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    Ok(response)
}
