package io.github.realtime4j.server.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.server.Reply.Output;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleBasedResponderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello!|Hello there! How can I help you today?",
                "Say a short greeting.|Hello there! How can I help you today?",
                "Say hello.|Hello there! How can I help you today?",
                "Hola|¡Hola! ¿En qué puedo ayudarte?",
                "Bonjour|Bonjour ! Comment puis-je vous aider ?",
                "Guten Tag|Hallo! Wie kann ich Ihnen helfen?",
                "What time is it?|It is 3:05 pm.",
                "What's the date today?|Today is Sunday, 22 November 2026.",
                "What is 12 times 7?|12 times 7 is 84.",
                "what is twelve times seven|12 times 7 is 84.",
                "How much is 15 percent of 80?|15 percent of 80 is 12.",
                "(3 + 4) * 2 = ?|(3 plus 4) times 2 is 14.",
                "What's two hundred and twelve divided by 4?|212 divided by 4 is 53.",
                "What is 10 divided by 3?|10 divided by 3 is about 3.3333.",
                "What is 1 divided by 0?|That sum has no result.",
                "What is the square root of 81?|The square root of 81 is 9.",
                "Repeat after me: the quick brown fox|the quick brown fox",
                "Count to 5|1, 2, 3, 4, 5.",
                "Count from three to six, please.|3, 4, 5, 6.",
                "Count down from 3|3, 2, 1.",
                "Count to 100000|I can count up to 200 numbers at a time.",
                "Spell banana|B, A, N, A, N, A.",
                "How do you spell Lisbon?|L, I, S, B, O, N.",
                "Say 'abc'|Abc.",
                "Say the word banana and nothing else.|banana",
                "Reply with the single word: pong|pong",
                "Please repeat: good morning|good morning",
                "Say hello in French|Bonjour ! Comment puis-je vous aider ?",
                "What's 5 minus 8?|5 minus 8 is minus 3.",
                "What day is tomorrow?|Tomorrow is Monday, 23 November 2026.",
                "Who won the cup in 1998?|You asked: Who won the cup in 1998? I am only a local test voice, so I do not know.",
                "Hi there, what's the weather?|You asked about the weather. I am only a local test voice, so I do not know.",
                "Can you help me?|Of course. What do you need?",
                "ok|All right.",
                "My name is Ada.|Nice to meet you, Ada.",
                "Thank you!|You are welcome. Is there anything else?",
                "Goodbye|Goodbye! It was nice talking to you.",
                "Tell me about the history of tea.|You asked about the history of tea. I am only a local test voice, so I do not know.",
                "I bought my dog a hat|You said: you bought your dog a hat. Tell me more about it.",
            })
    void answersWhatItKnows(String words, String answer) {
        assertThat(Requests.user(words).text()).isEqualTo(answer);
    }

    @Test
    void remembersWhatWasSaid() {
        Requests conversation = Requests.user("Hi, my name is Ada.")
                .assistant("Nice to meet you, Ada.")
                .says("My favourite colour is dark blue.")
                .assistant("All right.");

        assertThat(conversation.says("What is my name?").text()).isEqualTo("Your name is Ada.");
        assertThat(conversation
                        .assistant("x")
                        .says("What is my favourite colour?")
                        .text())
                .isEqualTo("Your favourite colour is dark blue.");
        assertThat(conversation.assistant("x").says("What's my age?").text())
                .isEqualTo("You have not told me your age yet.");
        assertThat(conversation
                        .assistant("x")
                        .says("What was my first question?")
                        .text())
                .isEqualTo("The first thing you said was: Hi, my name is Ada.");
        assertThat(Requests.user("One.")
                        .assistant("x")
                        .says("What did I just say?")
                        .text())
                .isEqualTo("You said: One.");
        assertThat(Requests.user("One.")
                        .assistant("Two.")
                        .says("Say that again")
                        .text())
                .isEqualTo("Two.");
    }

    @Test
    void storiesAreLongEnoughToBeInterruptedAndDiffer() {
        String first = Requests.user("Tell me a story").text();
        String second = Requests.user("Tell me a story")
                .assistant(first)
                .says("Another story!")
                .text();

        assertThat(first.length()).isGreaterThan(200);
        assertThat(second).isNotEqualTo(first);
        assertThat(Requests.user("Tell me a story").text()).isEqualTo(first);
        assertThat(Requests.user("Do you know a joke?").text()).contains("sound wave");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Answer in two or three words.|Say a short greeting.|Hello there!",
                "Reply in a few words.|What is 12 times 7?|84.",
                "Answer in exactly three words.|Tell me about tea|No idea, sorry.",
                "Keep answers under 5 words.|Hello|Hello there!",
                "Reply with exactly one word.|What is 2 plus 2?|4.",
                "Reply with only the word pong.|Hi|pong.",
                "If asked for the price, say exactly 'free'.|Thanks|You are welcome. Is there anything else?",
                "Reply in one sentence.|Thank you|You are welcome.",
                "Answer in one short sentence.|Tell me a joke|Why did the sound wave go to school?",
                "Say exactly: I am a teapot.|What time is it?|I am a teapot.",
                "Say exactly the following, word for word, and nothing else: Tea?|What time is it?|Tea?",
                "Always answer with \"Roger that.\"|Hello|Roger that.",
                "Always answer with one short sentence.|Thanks|You are welcome.",
                "You are helpful. Always reply with: no comment|Hi|no comment",
                "Always say the price in euros.|Thanks|You are welcome. Is there anything else?",
                "Speak only Spanish.|Hello|¡Hola! ¿En qué puedo ayudarte?",
            })
    void keepsToSimpleInstructions(String instructions, String words, String answer) {
        assertThat(Requests.user(words).instructions(instructions).text()).isEqualTo(answer);
    }

    @Test
    void instructionsOfTheResponseAreDoneWhenNobodySpoke() {
        assertThat(new Requests().ownInstructions("Greet the user.").text())
                .isEqualTo("Hello there! How can I help you today?");
        assertThat(new Requests().ownInstructions("Count to 3.").text()).isEqualTo("1, 2, 3.");
        assertThat(Requests.user("Hi")
                        .assistant("Hello")
                        .ownInstructions("Say goodbye.")
                        .text())
                .isEqualTo("Goodbye! It was nice talking to you.");
    }

    @Test
    void withNothingToAnswerItGreetsOrOffersHelp() {
        assertThat(new Requests().text()).isEqualTo("Hello there! How can I help you today?");
        assertThat(Requests.user("Hi").assistant("Hello").text())
                .isEqualTo("Is there anything else I can help you with?");
    }

    @Test
    void speechWithoutWordsIsAnsweredByItsLength() {
        String answer = "I heard you speak for 2.4 seconds. I could not make out the words, but I am listening.";

        assertThat(new Requests()
                        .then(Item.userAudio(AudioBytes.wrap(new byte[115_200])))
                        .text())
                .isEqualTo(answer);
        assertThat(new Requests().then(spoken("(2.4 seconds of speech)")).text())
                .isEqualTo(answer);
        assertThat(new Requests().then(spoken("What is 2 plus 2?")).text()).isEqualTo("2 plus 2 is 4.");
    }

    @Test
    void imagesAreToldByTheirHeader() {
        byte[] png = new byte[24];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, png, 0, 8);
        png[18] = 2;
        png[19] = (byte) 0x80;
        png[22] = 1;
        png[23] = (byte) 0xe0;
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);

        assertThat(new Requests()
                        .then(Item.message(
                                Item.Role.USER,
                                new ContentPart.InputText("What do you see?"),
                                new ContentPart.InputImage(url)))
                        .text())
                .isEqualTo("I see a PNG image of 640 by 480 pixels.");
        assertThat(new Requests()
                        .then(Item.message(Item.Role.USER, new ContentPart.InputImage("data:image/png;base64,?")))
                        .text())
                .isEqualTo("I see an image whose size I cannot read.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I need help with my invoice|Classify the conversation. Answer with one of: support, invoice, other.|invoice",
                "This is terrible, I hate it|Classify the sentiment as one of: positive, negative, neutral|negative",
                "The sky is blue|Classify the sentiment. Answer with one of: positive, negative, neutral|neutral",
                "The sky is blue|Decide: either red or green.|red",
            })
    void classifiesWithOneOfTheWords(String words, String prompt, String label) {
        assertThat(Requests.user(words).ownInstructions(prompt).text()).isEqualTo(label);
        assertThat(Requests.user(words)
                        .assistant("I see.")
                        .then(Item.systemText(prompt))
                        .text())
                .isEqualTo(label);
    }

    @Test
    void ordinaryInstructionsAreNoClassification() {
        String instructions = "You are a waiter. Choose a friendly tone. Either offer tea, coffee or water.";

        assertThat(Requests.user("Hello").instructions(instructions).text()).startsWith("Hello there!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1+1-", "(((", "555-", "a, b and C, ", "word ", "Porto and Lisbon, "})
    void longAndStrangeTextIsAnsweredToo(String piece) {
        String city = "{'properties':{'city':{'type':'string'},'phone':{'type':'string'}},'required':['city','phone']}";
        Requests request = Requests.user(piece.repeat(5_000)).instructions(piece.repeat(5_000));

        assertThat(request.reply().outputs()).isNotEmpty();
        assertThat(request.tool("call", "", city).choice(ToolChoice.REQUIRED).calls())
                .singleElement()
                .asString()
                .startsWith("call {\"city\":");
    }

    @Test
    void reasoningModelsMarkTheirAnswers() {
        assertThat(Requests.user("Hi").model("gpt-realtime-2.1").reply().outputs())
                .containsExactly(new Output.Message("Hello there! How can I help you today?", "final_answer"));
        assertThat(Requests.user("Hi").reply().outputs())
                .containsExactly(new Output.Message("Hello there! How can I help you today?", null));
    }

    private static Item spoken(String transcript) {
        return Item.message(Item.Role.USER, new ContentPart.InputAudio(null, transcript, JsonObject.EMPTY));
    }
}
