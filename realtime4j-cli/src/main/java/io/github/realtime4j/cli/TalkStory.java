package io.github.realtime4j.cli;

import io.github.realtime4j.Outcome;
import io.github.realtime4j.cli.voice.Moment;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of a talk with a file. Confined to one thread. */
final class TalkStory implements Consumer<Moment> {
    private boolean spoken;
    private boolean heard;
    private @Nullable Outcome last;

    @Override
    public void accept(Moment moment) {
        spoken |= moment instanceof Moment.UserStarted;
        heard |= moment instanceof Moment.AssistantStarted;
        if (moment instanceof Moment.ResponseDone done) {
            last = Outcome.of(done.response());
        }
    }

    int exitCode(String file, long millis) {
        if (!spoken) {
            throw CommandFailure.failed("the server heard no speech in the "
                    + String.format(Locale.ROOT, "%.1f s of ", millis / 1000.0) + file);
        }
        if (last instanceof Outcome.Failed || last instanceof Outcome.Incomplete) {
            throw CommandFailure.failed(AskCommand.ending(last));
        }
        if (!heard) {
            throw CommandFailure.failed("the server heard speech, but answered without any sound");
        }
        return ExitCode.SUCCESS;
    }
}
