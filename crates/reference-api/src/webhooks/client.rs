//! One POST over one connection. No redirect is followed, no proxy is asked, nothing of the answer is read but its head.

use super::address::is_public;
use super::endpoint::{Endpoint, is_loopback};
use axum::http::{Request, Uri, header};
use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 15 });

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// `Retry-After`, as it was sent.
    pub(super) retry_after: Option<String>,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    #[error("its name leads nowhere")]
    NoAddress,
    #[error("its name leads into a private network: set private_network = true if that is meant")]
    Private,
    #[error("no connection")]
    Connection,
    #[error("its certificate is not trusted, or it speaks no TLS")]
    Tls,
    #[error("the connection broke")]
    Broken,
    #[error("no answer in time")]
    Late,
}

/// Posts the body with these headers.
pub(super) async fn post(
    endpoint: &Endpoint,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<Answer, Failure> {
    let sent = send(endpoint, headers, body);
    tokio::time::timeout(PATIENCE, sent)
        .await
        .unwrap_or(Err(Failure::Late))
}

async fn send(
    endpoint: &Endpoint,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<Answer, Failure> {
    let (stream, host) = connect(endpoint).await?;
    let request = request(&endpoint.url, headers, body).ok_or(Failure::Broken)?;
    if endpoint.url.scheme_str() != Some("https") {
        return exchange(stream, request).await;
    }
    let name = ServerName::try_from(host).map_err(|_| Failure::Tls)?;
    let secured = TlsConnector::from(TLS.clone()).connect(name, stream).await;
    exchange(secured.map_err(|_| Failure::Tls)?, request).await
}

/// Connects to an address that was looked at: a name cannot lead elsewhere between the look and the connection.
async fn connect(endpoint: &Endpoint) -> Result<(TcpStream, String), Failure> {
    let url = &endpoint.url;
    let host = url.host().ok_or(Failure::NoAddress)?;
    let usual = if url.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    let port = url.port_u16().unwrap_or(usual);
    let plain = host.trim_matches(['[', ']']).to_owned();
    let found = lookup_host((plain.as_str(), port)).await;
    let found: Vec<SocketAddr> = found.map_err(|_| Failure::NoAddress)?.collect();
    let is_allowed = |address: &&SocketAddr| {
        endpoint.private_network
            || is_public(address.ip())
            || (is_loopback(host) && address.ip().is_loopback())
    };
    if found.is_empty() {
        return Err(Failure::NoAddress);
    }
    let allowed: Vec<&SocketAddr> = found.iter().filter(is_allowed).collect();
    if allowed.is_empty() {
        return Err(Failure::Private);
    }
    for address in allowed {
        if let Ok(stream) = TcpStream::connect(address).await {
            return Ok((stream, plain));
        }
    }
    Err(Failure::Connection)
}

fn request(
    url: &Uri,
    headers: &[(&'static str, String)],
    body: &str,
) -> Option<Request<Full<Bytes>>> {
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path)
        .header(header::HOST, url.authority()?.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close")
        .header(
            header::USER_AGENT,
            concat!("customer-portal-reference-api/", env!("CARGO_PKG_VERSION")),
        );
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request.body(Full::new(Bytes::from(body.to_owned()))).ok()
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Answer, Failure> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|_| Failure::Broken)?;
    let driving = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    // What would still come is not read.
    driving.abort();
    let answer = answer.map_err(|_| Failure::Broken)?;
    let retry_after = answer.headers().get(header::RETRY_AFTER);
    Ok(Answer {
        status: answer.status().as_u16(),
        retry_after: retry_after.and_then(|value| Some(value.to_str().ok()?.to_owned())),
    })
}

/// The authorities that this machine trusts.
static TLS: LazyLock<Arc<ClientConfig>> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider knows TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
});
