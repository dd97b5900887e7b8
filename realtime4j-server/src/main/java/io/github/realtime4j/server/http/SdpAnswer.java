package io.github.realtime4j.server.http;

import io.github.realtime4j.server.validation.ServiceErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An answer to a WebRTC offer in the shape of the service's. Nobody listens at its addresses, which are those of RFC 5737
 * for documentation: no media is served.
 */
final class SdpAnswer {
    private static final List<String> ADDRESSES = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3");
    private static final String OPUS = "opus/48000/2";

    private final String ufrag = RandomText.base62(16);
    private final String password = RandomText.base62(32);
    private final String fingerprint =
            String.join(":", RandomText.hex(64).toUpperCase(Locale.ROOT).split("(?<=\\G..)"));
    private final List<String> lines = new ArrayList<>();
    private final List<String> bundle = new ArrayList<>();

    private SdpAnswer() {}

    /** @throws RestException status 400 if the text is no offer of audio */
    static String to(String offer) {
        List<List<String>> sections = sections(offer);
        boolean audio = sections.stream().anyMatch(section -> section.get(0).startsWith("m=audio "));
        if (!offer.startsWith("v=0") || !audio) {
            throw new RestException(400, ServiceErrors.notAnOffer());
        }
        SdpAnswer answer = new SdpAnswer();
        sections.subList(1, sections.size()).forEach(answer::section);
        return answer.head() + String.join("\r\n", answer.lines) + "\r\n";
    }

    /** The lines before the first {@code m=}, and those of each. */
    private static List<List<String>> sections(String offer) {
        List<List<String>> sections = new ArrayList<>();
        for (String line : offer.split("\r?\n")) {
            if (sections.isEmpty() || line.startsWith("m=")) {
                sections.add(new ArrayList<>());
            }
            sections.get(sections.size() - 1).add(line.strip());
        }
        return sections;
    }

    private String head() {
        long id = ThreadLocalRandom.current().nextLong(1L << 62);
        return String.join(
                "\r\n",
                "v=0",
                "o=- " + id + " 0 IN IP4 0.0.0.0",
                "s=-",
                "t=0 0",
                "a=msid-semantic:WMS*",
                "a=fingerprint:sha-256 " + fingerprint,
                "a=ice-lite",
                "a=extmap-allow-mixed",
                "a=group:BUNDLE " + String.join(" ", bundle),
                "");
    }

    private void section(List<String> offered) {
        String[] media = offered.get(0).substring(2).split(" ");
        if (media[0].equals("audio")) {
            audio(offered, List.of(media));
        } else if (media[0].equals("application")) {
            add("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0");
            transport(offered);
            add("a=sendrecv", "a=sctp-port:5000", "a=max-message-size:1073741823");
        } else {
            // RFC 3264 section 6: refused by a port of zero.
            add(offered.get(0).replaceFirst(" [0-9]+ ", " 0 "), "c=IN IP4 0.0.0.0", "a=inactive");
        }
    }

    private void audio(List<String> offered, List<String> media) {
        String opus = offered.stream()
                .filter(line -> line.startsWith("a=rtpmap:") && line.endsWith(" " + OPUS))
                .map(line -> line.substring("a=rtpmap:".length(), line.indexOf(' ')))
                .findFirst()
                .orElse("96");
        boolean pcmu = media.contains("0");
        boolean pcma = media.contains("8");
        add("m=audio 9 UDP/TLS/RTP/SAVPF " + opus + (pcmu ? " 0" : "") + (pcma ? " 8" : ""), "c=IN IP4 0.0.0.0");
        transport(offered);
        add("a=rtcp-mux", "a=rtcp-rsize");
        add("a=rtpmap:" + opus + " " + OPUS, "a=fmtp:" + opus + " minptime=10;useinbandfec=1");
        if (pcmu) {
            add("a=rtpmap:0 PCMU/8000");
        }
        if (pcma) {
            add("a=rtpmap:8 PCMA/8000");
        }
        add("a=ssrc:" + ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) + " cname:realtimeapi");
        add("a=sendrecv");
        candidates();
    }

    /** Every section is carried by the first one's transport. */
    private void transport(List<String> offered) {
        String mid = offered.stream()
                .filter(line -> line.startsWith("a=mid:"))
                .map(line -> line.substring("a=mid:".length()))
                .findFirst()
                .orElse(Integer.toString(bundle.size()));
        bundle.add(mid);
        add("a=setup:active", "a=mid:" + mid, "a=ice-ufrag:" + ufrag, "a=ice-pwd:" + password);
    }

    private void candidates() {
        int foundation = 1;
        for (String address : ADDRESSES) {
            add("a=candidate:" + foundation++ + " 1 udp 2130706431 " + address + " 3478 typ host");
        }
        for (String address : ADDRESSES) {
            add("a=candidate:" + foundation++ + " 1 tcp 1671430143 " + address + " 443 typ host tcptype passive");
        }
        add("a=end-of-candidates");
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}
