package io.github.realtime4j.server.respond;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpokenJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'temperature':12,'condition':'foggy'}|The temperature is 12 and the condition is foggy.",
                "{'windSpeed':3.5,'is_open':true,'note':null}|The wind speed is 3.5, the is open is yes and the note is unknown.",
                "{'cities':['Porto','Faro']}|The cities are Porto and Faro.",
                "{'place':{'city':'Porto','country':'Portugal'}}|The place is city Porto, country Portugal.",
                "{'error':'no such city'}|That did not work: no such city.",
                "['a','b','c']|There are a, b and c.",
                "[]|There is nothing.",
                "{}|That is done.",
                "42|42.",
                "true|Yes.",
                "It is foggy and 12 degrees in London.|It is foggy and 12 degrees in London.",
                "not json|Not json.",
            })
    void outputsBecomeSentences(String output, String sentence) {
        assertThat(SpokenJson.sentence(output.replace('\'', '"'))).isEqualTo(sentence);
    }
}
