package io.github.realtime4j.server.respond;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sums in words or signs: "what is twelve times 7", "15 percent of 80", "(3 + 4) * 2". */
final class Arithmetic {
    private static final Pattern EXPRESSION =
            Pattern.compile("[-(]*\\s*(?:√\\s*)?\\d[\\d.]*(?:\\s*[-+*/^()%√]+\\s*-?\\s*(?:√\\s*)?(?:\\d[\\d.]*)?)*");
    private static final String[][] SPOKEN = {
        {"(?<=\\d),(?=\\d{3}\\b)", ""},
        {"\\bto the power of\\b", "^"},
        {"(?<=\\d) squared\\b", "^2"},
        {"(?<=\\d) cubed\\b", "^3"},
        {"\\b(?:the )?square root of\\b", "√"},
        {"(?<=\\d)\\s*(?:percent|per cent|%) of\\b", "/100*"},
        {"\\bhalf of\\b", "1/2*"},
        {"\\bdivided by\\b|\\bover\\b|÷", "/"},
        {"\\bmultiplied by\\b|\\btimes\\b|×|(?<=\\d)\\s*x\\s*(?=\\d)", "*"},
        {"\\bplus\\b", "+"},
        {"\\bminus\\b|\\bless\\b|−", "-"},
        {"\\b(?:add|sum of) (\\d[\\d.]*) (?:and|to) (?=\\d)", "$1+"},
        {"\\bsubtract (\\d[\\d.]*) from (\\d[\\d.]*)", "$2-$1"},
        {"\\bmultiply (\\d[\\d.]*) (?:and|by|with) (?=\\d)", "$1*"},
        {"\\bdivide (\\d[\\d.]*) by (?=\\d)", "$1/"},
    };

    private Arithmetic() {}

    static @Nullable Answer answer(Turn turn) {
        String text = NumberWords.toDigits(turn.words());
        for (String[] spoken : SPOKEN) {
            text = text.replaceAll(spoken[0], spoken[1]);
        }
        Matcher matcher = EXPRESSION.matcher(text);
        while (matcher.find()) {
            String expression = matcher.group().replaceAll("\\s+", "").replaceAll("[-+*/^(]+$", "");
            if (expression.matches(".*\\d[-+*/^].*\\d.*|√.*") && !looksLikeDate(expression)) {
                return result(expression);
            }
        }
        return null;
    }

    private static boolean looksLikeDate(String expression) {
        return expression.matches("\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}/\\d{1,2}/\\d{2,4}|[\\d-]{9,}");
    }

    private static @Nullable Answer result(String expression) {
        try {
            BigDecimal exact = new Expression(expression).value();
            BigDecimal rounded = exact.setScale(4, RoundingMode.HALF_UP);
            String number = rounded.stripTrailingZeros().toPlainString();
            String verb = rounded.compareTo(exact) == 0 ? " is " : " is about ";
            String result = number.replace("-", "minus ");
            return new Answer(Words.sentence(spoken(expression) + verb + result), Words.sentence(result));
        } catch (ArithmeticException e) {
            return new Answer("That sum has no result.");
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String spoken(String expression) {
        return expression
                .replace("/100*", " percent of ")
                .replace("√", "the square root of ")
                .replace("*", " times ")
                .replace("/", " divided by ")
                .replace("+", " plus ")
                .replaceAll("(?<=[\\d)])-", " minus ")
                .replace("^2", " squared")
                .replace("^", " to the power of ");
    }

    /** Descends: sums of products of powers of numbers and brackets. */
    private static final class Expression {
        private static final MathContext DIGITS = MathContext.DECIMAL64;
        private final String text;
        private int at;

        Expression(String text) {
            this.text = text;
        }

        BigDecimal value() {
            BigDecimal value = sum();
            if (at < text.length()) {
                throw new NumberFormatException("Nothing reads the rest");
            }
            return value;
        }

        private BigDecimal sum() {
            BigDecimal value = product();
            while (at < text.length() && (peek() == '+' || peek() == '-')) {
                value = text.charAt(at++) == '+' ? value.add(product()) : value.subtract(product());
            }
            return value;
        }

        private BigDecimal product() {
            BigDecimal value = power();
            while (at < text.length() && (peek() == '*' || peek() == '/')) {
                value = text.charAt(at++) == '*' ? value.multiply(power(), DIGITS) : value.divide(power(), DIGITS);
            }
            return value;
        }

        private BigDecimal power() {
            BigDecimal value = single();
            if (at < text.length() && peek() == '^') {
                at++;
                BigDecimal exponent = power();
                if (exponent.abs().compareTo(BigDecimal.valueOf(999)) > 0) {
                    throw new ArithmeticException("Too large");
                }
                return value.pow(exponent.intValueExact(), DIGITS);
            }
            return value;
        }

        private BigDecimal single() {
            if (at >= text.length()) {
                throw new NumberFormatException("Nothing to read");
            }
            char first = peek();
            if (first == '-') {
                at++;
                return single().negate();
            } else if (first == '√') {
                at++;
                return single().sqrt(DIGITS);
            } else if (first == '(') {
                at++;
                BigDecimal value = sum();
                if (at >= text.length() || text.charAt(at++) != ')') {
                    throw new NumberFormatException("An open bracket");
                }
                return value;
            }
            int start = at;
            while (at < text.length() && (Character.isDigit(peek()) || peek() == '.')) {
                at++;
            }
            return new BigDecimal(text.substring(start, at).replaceAll("\\.$", ""));
        }

        private char peek() {
            return text.charAt(at);
        }
    }
}
