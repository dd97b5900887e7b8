package io.github.realtime4j.protocol;

/** A model's name. The set is open: these are the ones known when this version was made. */
public record Model(String value) {
    public static final Model GPT_REALTIME = new Model("gpt-realtime");
    public static final Model GPT_REALTIME_MINI = new Model("gpt-realtime-mini");
    public static final Model GPT_REALTIME_1_5 = new Model("gpt-realtime-1.5");
    public static final Model GPT_REALTIME_2 = new Model("gpt-realtime-2");
    public static final Model GPT_REALTIME_2_1 = new Model("gpt-realtime-2.1");
    public static final Model GPT_REALTIME_2_1_MINI = new Model("gpt-realtime-2.1-mini");
    public static final Model GPT_REALTIME_TRANSLATE = new Model("gpt-realtime-translate");

    @Override
    public String toString() {
        return value;
    }
}
