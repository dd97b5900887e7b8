package io.github.realtime4j.server.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.server.Reply.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToolCallsTest {
    private static final String CITY = "{'type':'object','properties':{'city':{'type':'string'},"
            + "'unit':{'type':'string','enum':['celsius','fahrenheit']}},'required':['city']}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "What is the weather in Porto?|{'city':'Porto'}",
                "What's the weather like in New York today?|{'city':'New York'}",
                "weather in porto please|{'city':'porto'}",
                "Tell me the weather in London in fahrenheit|{'city':'London','unit':'fahrenheit'}",
                "Paris weather?|{'city':'Paris'}",
            })
    void theCityComesFromTheUsersWords(String words, String arguments) {
        assertThat(weather(words).calls()).containsExactly("get_weather " + arguments.replace('\'', '"'));
    }

    @Test
    void otherWordsCallNothing() {
        assertThat(weather("What is 2 plus 2?").text()).isEqualTo("2 plus 2 is 4.");
        assertThat(weather("Hello").text()).startsWith("Hello there!");
    }

    @Test
    void toolChoiceForbidsAndForces() {
        assertThat(weather("Weather in Porto?").choice(ToolChoice.NONE).text()).isNotEmpty();
        assertThat(weather("Hello").choice(ToolChoice.REQUIRED).calls())
                .singleElement()
                .asString()
                .startsWith("get_weather {\"city\":");
        assertThat(weather("Weather in Porto?")
                        .tool("end_call", "Hang up", "{'type':'object'}")
                        .choice(ToolChoice.function("end_call"))
                        .calls())
                .containsExactly("end_call {}");
    }

    @Test
    void aToolIsCalledOncePerTurnWhateverIsRequired() {
        Requests answered = weather("Weather in Porto?")
                .called("call_1", "get_weather", "{\"city\":\"Porto\"}")
                .output("call_1", "{\"temperature\":12,\"condition\":\"foggy\"}");

        assertThat(answered.text()).isEqualTo("The temperature is 12 and the condition is foggy.");
        assertThat(answered.choice(ToolChoice.REQUIRED).text()).startsWith("The temperature");
        assertThat(answered.choice(ToolChoice.function("get_weather")).text()).startsWith("The temperature");
        assertThat(answered.choice(ToolChoice.AUTO)
                        .assistant("The temperature is 12.")
                        .says("And the weather in Faro?")
                        .calls())
                .containsExactly("get_weather {\"city\":\"Faro\"}");
    }

    @Test
    void aCallWithoutAnOutputYetIsWaitedFor() {
        assertThat(weather("Weather in Porto?").called("1", "get_weather", "{}").text())
                .isEqualTo("One moment, please.");
    }

    @Test
    void severalNamedValuesAreSeveralCallsWhereThatIsAllowed() {
        String words = "What is the weather in Porto, Lisbon and Faro?";

        assertThat(weather(words).parallel().calls())
                .containsExactly(
                        "get_weather {\"city\":\"Porto\"}",
                        "get_weather {\"city\":\"Lisbon\"}",
                        "get_weather {\"city\":\"Faro\"}");
        assertThat(weather(words).calls()).containsExactly("get_weather {\"city\":\"Porto\"}");
    }

    @Test
    void severalToolsAreCalledTogetherWhereThatIsAllowed() {
        Requests request = weather("Book a table and tell me the weather in Porto")
                .tool("book_table", "Book a table", "{'type':'object','properties':{}}");

        assertThat(request.calls()).hasSize(1);
        assertThat(request.parallel().calls())
                .containsExactlyInAnyOrder("get_weather {\"city\":\"Porto\"}", "book_table {}");
    }

    @Test
    void parallelOutputsAreToldApart() {
        assertThat(weather("Weather in Porto and Faro?")
                        .called("1", "get_weather", "{\"city\":\"Porto\"}")
                        .called("2", "get_weather", "{\"city\":\"Faro\"}")
                        .output("1", "rain")
                        .output("2", "sun")
                        .text())
                .isEqualTo("Porto: Rain. Faro: Sun.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Set a timer for 5 minutes|set_timer|{'properties':{'minutes':{'type':'integer','minimum':1}},'required':['minutes']}|{'minutes':5}",
                "Set a timer for twenty minutes|set_timer|{'properties':{'minutes':{'type':'integer'}},'required':['minutes']}|{'minutes':20}",
                "Turn the lights in the kitchen off|switch_lights|{'properties':{'room':{'type':'string','enum':['kitchen','bedroom']},'on':{'type':'boolean'}},'required':['room','on']}|{'room':'kitchen','on':false}",
                "Send an email to ada@example.com saying I am late|send_email|{'properties':{'email':{'type':'string','format':'email'},'message':{'type':'string'}},'required':['email','message']}|{'email':'ada@example.com','message':'I am late'}",
                "Book a flight from Porto to Berlin tomorrow|book_flight|{'properties':{'origin':{'type':'string'},'destination':{'type':'string'},'date':{'type':'string','format':'date'}},'required':['origin','destination','date']}|{'origin':'Porto','destination':'Berlin','date':'2026-11-23'}",
                "Where is my order A-1234?|track_order|{'properties':{'order_id':{'type':'string'}},'required':['order_id']}|{'order_id':'A-1234'}",
                "Set an alarm at 7:30 pm|set_alarm|{'properties':{'time':{'type':'string'}},'required':['time']}|{'time':'19:30'}",
                "Search the web for electric bicycles|web_search|{'properties':{'query':{'type':'string'}},'required':['query']}|{'query':'electric bicycles'}",
                "Compare the weather of Porto and Faro|compare_weather|{'properties':{'cities':{'type':'array','items':{'type':'string'},'minItems':2}},'required':['cities']}|{'cities':['Porto','Faro']}",
            })
    void argumentsAreFilledFromTheUsersWords(String words, String name, String schema, String arguments) {
        assertThat(Requests.user(words).tool(name, "", schema).calls())
                .containsExactly(name + " " + arguments.replace('\'', '"'));
    }

    @Test
    void toolsOfAnMcpServerAreCalledOnceItHasListedThem() {
        Tool mcp = Tool.Mcp.of("forecast", "https://example.com/mcp");
        Item list = new Item.McpListTools(
                "item_1",
                "forecast",
                List.of(new Item.McpTool(
                        "weather", "Weather of a city", JsonObject.parse(CITY.replace('\'', '"')), null)),
                JsonObject.EMPTY);

        assertThat(new Requests()
                        .then(list)
                        .tool(mcp)
                        .says("Weather in Porto?")
                        .reply()
                        .outputs())
                .containsExactly(new Output.McpCall("forecast", "weather", "{\"city\":\"Porto\"}"));
    }

    private static Requests weather(String words) {
        return Requests.user(words).tool("get_weather", "Look up the weather for a city.", CITY);
    }
}
