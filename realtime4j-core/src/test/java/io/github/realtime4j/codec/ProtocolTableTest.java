package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Wire names, records, fixtures and {@code docs/protocol.md} name the same events. */
final class ProtocolTableTest {
    private static final Path PAGE = Path.of("../docs/protocol.md");

    @Test
    void everyEventHasItsRowAndEveryRowItsEvent() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = expectedRows();
        assertThat(rows.stream().map(ProtocolTableTest::checkedCells).toList())
                .as("the rows should begin with%n%s", String.join("\n", expected))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyRowSaysWhereTheEventExistsAndWhetherTheServerSpeaksIt() throws IOException {
        for (String row : Files.readAllLines(PAGE)) {
            if (row.startsWith("| `")) {
                String[] cells = row.split("\\|");
                String type = cells[1].trim().replace("`", "");
                String dialects = cells[4].trim();
                String beta = BetaDialect.betaName(type);
                if (beta.equals(type)) {
                    assertThat(dialects).as(row).isIn("GA", "GA, beta", "compatible servers");
                } else {
                    assertThat(dialects).as(row).isEqualTo("GA, beta as `" + beta + "`");
                }
                if (BetaDialect.isGaOnly(type)) {
                    assertThat(dialects).as(row).isEqualTo("GA");
                }
                assertThat(cells[6].trim()).as(row).isIn("yes", "no");
                assertThat(cells[6].trim().equals("yes") || !cells[7].isBlank())
                        .as("a reason in " + row)
                        .isTrue();
            }
        }
    }

    @Test
    void everyEventHasAFixtureOfItsName() {
        Set<String> types = new TreeSet<>(EventCodec.clientEventTypes());
        types.addAll(EventCodec.serverEventTypes());
        Set<String> fixtures = Fixtures.ga().map(Fixtures.Event::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(fixtures).containsAll(types);
        fixtures.removeIf(name -> name.contains("~"));
        assertThat(fixtures).isEqualTo(types);
    }

    @Test
    void everyEventThatDiffersInTheBetaDialectHasABetaFixture() {
        Set<String> fixtures = Fixtures.beta().map(Fixtures.Event::name).collect(Collectors.toCollection(TreeSet::new));
        for (String type : EventCodec.serverEventTypes()) {
            if (!BetaDialect.betaName(type).equals(type)) {
                assertThat(fixtures).contains(BetaDialect.betaName(type));
            }
        }
        assertThat(fixtures).contains("session.update", "transcription_session.update", "response.create");
    }

    @Test
    void everyRecordOfAnEventIsFoundByItsWireName() {
        for (String type : EventCodec.serverEventTypes()) {
            Fixtures.Event fixture = fixture(type);
            Object event = Wire.decode(Dialect.GA, false, fixture.utf8());
            assertThat(event).isExactlyInstanceOf(WireNames.serverEvent(type));
            assertThat(EventCodec.type((ServerEvent) event)).isEqualTo(type);
        }
        for (String type : EventCodec.clientEventTypes()) {
            Object event = Wire.decode(Dialect.GA, true, fixture(type).utf8());
            assertThat(event).isExactlyInstanceOf(WireNames.clientEvent(type));
            assertThat(EventCodec.type((ClientEvent) event)).isEqualTo(type);
        }
    }

    private static Fixtures.Event fixture(String type) {
        return Fixtures.ga()
                .filter(event -> event.name().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Name, record, direction and fixture: what the code knows; the dialects are checked apart. */
    private static String checkedCells(String row) {
        String[] cells = row.split("\\|");
        return "|" + cells[1] + "|" + cells[2] + "|" + cells[3] + "|" + cells[5] + "|";
    }

    private static List<String> expectedRows() {
        List<String> rows = new ArrayList<>();
        EventCodec.clientEventTypes().forEach(type -> rows.add(row(type, WireNames.clientEvent(type), "client")));
        EventCodec.serverEventTypes().forEach(type -> rows.add(row(type, WireNames.serverEvent(type), "server")));
        return rows;
    }

    private static String row(String type, Class<?> record, String from) {
        String fixture = "[json](../realtime4j-core/src/test/resources/wire/" + type + ".json)";
        return "| `" + type + "` | `" + Graph.name(record) + "` | " + from + " | " + fixture + " |";
    }
}
