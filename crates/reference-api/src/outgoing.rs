//! One request of this server to another: one connection, no redirect, no proxy, and never more than so many bytes or seconds.

mod address;

use address::is_public;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
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

/// What this server calls itself.
const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!(
    "customer-portal-reference-api/",
    env!("CARGO_PKG_VERSION")
));

/// How far a request may go, and how much may come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// How long all of it may take.
    pub(crate) patience: Duration,
    /// How much of the answer's body is read; none of it with 0.
    pub(crate) most_bytes: usize,
    /// Whether a name may lead into a private network.
    pub(crate) private_network: bool,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
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
    #[error("its answer is too large")]
    TooLarge,
}

/// Sends a request whose address is whole (`https://host/path`).
pub(crate) async fn send(request: Request<Full<Bytes>>, bounds: Bounds) -> Result<Reply, Failure> {
    tokio::time::timeout(bounds.patience, converse(request, bounds))
        .await
        .unwrap_or(Err(Failure::Late))
}

/// Whether a setting may name this address: https, or http on the same machine; without a user and a fragment.
pub(crate) fn trusted(text: &str) -> Option<Uri> {
    let url: Uri = text.trim().parse().ok()?;
    let authority = url.authority()?;
    let is_secret = url.scheme_str() == Some("https")
        || (url.scheme_str() == Some("http") && is_loopback(authority.host()));
    (is_secret && !authority.as_str().contains('@') && !text.contains('#')).then_some(url)
}

/// Whether the name itself says that it is this machine.
fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "::1")
}

async fn converse(request: Request<Full<Bytes>>, bounds: Bounds) -> Result<Reply, Failure> {
    let url = request.uri().clone();
    let (stream, host) = connect(&url, bounds.private_network).await?;
    let request = addressed(request).ok_or(Failure::Broken)?;
    if url.scheme_str() != Some("https") {
        return exchange(stream, request, bounds.most_bytes).await;
    }
    let name = ServerName::try_from(host).map_err(|_| Failure::Tls)?;
    let secured = TlsConnector::from(TLS.clone()).connect(name, stream).await;
    let secured = secured.map_err(|_| Failure::Tls)?;
    exchange(secured, request, bounds.most_bytes).await
}

/// Connects to an address that was looked at: a name cannot lead elsewhere between the look and the connection.
async fn connect(url: &Uri, private_network: bool) -> Result<(TcpStream, String), Failure> {
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
        private_network
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

/// The request as it stands on the wire: its path in the first line, its host in a header.
fn addressed(mut request: Request<Full<Bytes>>) -> Option<Request<Full<Bytes>>> {
    let url = request.uri().clone();
    let host = HeaderValue::try_from(url.authority()?.as_str()).ok()?;
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse().ok()?;
    let headers = request.headers_mut();
    headers.insert(header::HOST, host);
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.insert(header::USER_AGENT, USER_AGENT);
    Some(request)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
    most_bytes: usize,
) -> Result<Reply, Failure> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|_| Failure::Broken)?;
    let driving = Driving(tokio::spawn(async move { drop(connection.await) }));
    let answer = sender.send_request(request).await;
    let (parts, body) = answer.map_err(|_| Failure::Broken)?.into_parts();
    let body = match most_bytes {
        0 => Bytes::new(),
        most => {
            let read = Limited::new(body, most).collect().await;
            read.map_err(|error| match error.downcast_ref::<hyper::Error>() {
                Some(_) => Failure::Broken,
                None => Failure::TooLarge,
            })?
            .to_bytes()
        }
    };
    drop(driving);
    Ok(Reply {
        status: parts.status,
        headers: parts.headers,
        body,
    })
}

/// The connection's own work, which ends with whoever waits for it: what would still come is not read.
struct Driving(tokio::task::JoinHandle<()>);

impl Drop for Driving {
    fn drop(&mut self) {
        self.0.abort();
    }
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
