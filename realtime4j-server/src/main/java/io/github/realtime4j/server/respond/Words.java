package io.github.realtime4j.server.respond;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text taken apart into words, so that "the city's Lights" and {@code city_light} meet. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’]\\p{L}+)?");
    private static final Pattern CAMEL = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
    private static final Set<String> STOP = Set.of(
            ("a an the and or of for to in on at by with from about into is are be was were do does did done i you he"
                            + " she it we they me my your his her its our their this that these those what which who"
                            + " whom when where why how can could will would shall should may might must please there"
                            + " here if then than so as not no yes just now get gets fetch find look lookup search show"
                            + " give tell make set use using want need let know run call function tool return returns"
                            + " returned current currently user users given value values name information info data"
                            + " like any some all one every string number new up out s t")
                    .split(" "));

    private Words() {}

    /** In lower case, in order. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** The stems of the words that mean something. */
    static Set<String> stems(String text) {
        Set<String> stems = new LinkedHashSet<>();
        for (String word : of(text)) {
            if (!STOP.contains(word)) {
                stems.add(stem(word));
            }
        }
        return stems;
    }

    /** Of a name such as {@code getWeather}, {@code get_weather} or {@code get-weather}. */
    static String fromName(String name) {
        return CAMEL.matcher(name)
                .replaceAll(" ")
                .replace('_', ' ')
                .replace('-', ' ')
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    static String stem(String word) {
        String stem = word.replaceAll("['’].*$", "");
        for (String ending : List.of("ing", "ies", "ed", "es", "s")) {
            if (stem.length() > ending.length() + 2 && stem.endsWith(ending)) {
                String cut = stem.substring(0, stem.length() - ending.length());
                return ending.equals("ies") ? cut + "y" : cut.replaceAll("e$", "");
            }
        }
        return stem.length() > 3 ? stem.replaceAll("e$", "") : stem;
    }

    /** A first letter in upper case and a full stop, unless the text ends in a mark of its own. */
    static String sentence(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return stripped;
        }
        int first = stripped.offsetByCodePoints(0, 1);
        String capital = stripped.substring(0, first).toUpperCase(Locale.ROOT) + stripped.substring(first);
        return capital.matches("(?s).*[.!?…:;\"”)]") ? capital : capital + ".";
    }

    /** "a", "a and b", "a, b and c". */
    static String listed(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        int last = parts.size() - 1;
        return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
