package dev.rollcall.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are believed over TLS, beside those this machine's authorities vouch for. Who shows
 * one of these very certificates is believed whatever the host is called; who shows one that was
 * signed by one of these has to be the host it names.
 *
 * @param certificates of servers or of authorities
 */
public record Trust(List<X509Certificate> certificates) {

  public Trust {
    certificates = List.copyOf(certificates);
  }

  /** Only what this machine's authorities vouch for. */
  public static Trust machine() {
    return new Trust(List.of());
  }

  /**
   * Also these.
   *
   * @param pem a file with one certificate or more
   * @throws IOException when it cannot be read or holds none
   */
  public static Trust of(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      List<X509Certificate> certificates = new ArrayList<>();
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(one -> certificates.add((X509Certificate) one));
      if (certificates.isEmpty()) {
        throw new IOException(pem + " holds no certificate");
      }
      return new Trust(certificates);
    } catch (CertificateException broken) {
      throw new IOException(pem + " holds no certificate: " + broken.getMessage(), broken);
    }
  }

  TlsSocketStrategy strategy() {
    return new DefaultClientTlsStrategy(
        context(), HostnameVerificationPolicy.CLIENT, new KnownOrNamed(certificates));
  }

  private SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate known : certificates) {
        store.setCertificateEntry("given" + number++, known);
      }
      for (X509Certificate authority : authorities()) {
        store.setCertificateEntry("machine" + number++, authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<X509Certificate> authorities() throws GeneralSecurityException {
    List<X509Certificate> authorities = new ArrayList<>();
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager known) {
        authorities.addAll(List.of(known.getAcceptedIssuers()));
      }
    }
    return authorities;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private record KnownOrNamed(List<X509Certificate> known) implements HostnameVerifier {
    private static final HostnameVerifier BY_NAME = new DefaultHostnameVerifier();

    @Override
    public boolean verify(String host, SSLSession session) {
      try {
        return known.contains(session.getPeerCertificates()[0]) || BY_NAME.verify(host, session);
      } catch (SSLPeerUnverifiedException nobody) {
        return false;
      }
    }
  }
}
