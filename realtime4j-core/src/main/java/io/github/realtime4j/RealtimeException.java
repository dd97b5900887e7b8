package io.github.realtime4j;

import org.jspecify.annotations.Nullable;

/** Everything that this library throws of its own accord. Messages say what to do, and never contain a key. */
public abstract sealed class RealtimeException extends RuntimeException
        permits ConnectRefusedException,
                ConnectionLostException,
                ConnectionClosedException,
                ServerErrorException,
                CommandTimeoutException,
                ResponseFailedException,
                SendQueueFullException,
                SlowConsumerException,
                BudgetExceededException,
                McpToolsException,
                RequestFailedException,
                WebhookException {
    private static final long serialVersionUID = 1;

    RealtimeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
