package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.array;
import static io.github.realtime4j.server.validation.Shape.choice;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.oneOf;
import static io.github.realtime4j.server.validation.Shape.string;
import static io.github.realtime4j.server.validation.Shape.tagged;

import io.github.realtime4j.server.validation.Shape.AnyObject;
import io.github.realtime4j.server.validation.Shape.Flag;
import io.github.realtime4j.server.validation.Shape.Members;

/** Tools, how to choose among them, and stored prompts. */
final class ToolShapes {
    private static final Members FILTER =
            object().with("tool_names", array(string())).with("read_only", new Flag());
    private static final Members FUNCTION = object().required(
                    "name", string().length(1, 64).matching("^[a-zA-Z0-9_-]+$"))
            .nullable("description", string())
            .nullable("parameters", new AnyObject());
    private static final Members MCP = object().required("server_label", string())
            .with("server_url", string())
            .with(
                    "connector_id",
                    oneOf(
                            "connector_dropbox",
                            "connector_gmail",
                            "connector_googlecalendar",
                            "connector_googledrive",
                            "connector_microsoftteams",
                            "connector_outlookcalendar",
                            "connector_outlookemail",
                            "connector_sharepoint"))
            .with("tunnel_id", string().matching("^tunnel_[a-z0-9]{32}$"))
            .with("authorization", string())
            .with("server_description", string())
            .nullable("headers", new AnyObject())
            .nullable("allowed_tools", choice(array(string()), FILTER))
            .nullable("allowed_callers", new Shape.Array(string(), 1))
            .nullable(
                    "require_approval",
                    choice(
                            oneOf("always", "never"),
                            object().with("always", FILTER).with("never", FILTER)))
            .with("defer_loading", new Flag());

    static final Shape TOOL = tagged("type", "function", FUNCTION, "mcp", MCP);

    static final Shape TOOL_CHOICE = choice(
            oneOf("none", "auto", "required"),
            tagged(
                    "type",
                    "function",
                    object().required("name", string()),
                    "mcp",
                    object().required("server_label", string()).nullable("name", string())));

    static final Shape PROMPT =
            object().required("id", string()).nullable("version", string()).nullable("variables", new AnyObject());

    private ToolShapes() {}
}
