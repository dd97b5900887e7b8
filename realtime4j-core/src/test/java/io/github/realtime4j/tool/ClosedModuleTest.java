package io.github.realtime4j.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.codec.RecordAccess;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a user's module. */
final class ClosedModuleTest {
    @TempDir
    Path folder;

    @Test
    void aPackageThatIsNotOpenIsNamed() throws Exception {
        Class<? extends Record> query = query("module weather.app {}");
        String self = RecordAccess.class.getModule().getName();
        assertThatThrownBy(() -> FunctionTool.of("get_weather", "", query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Expected to reach the record weather.tools.Query by reflection but its module does not allow it:"
                                + " add \"opens weather.tools" + (self == null ? "" : " to " + self)
                                + ";\" to the module-info.java of weather.app");
    }

    @Test
    void anOpenPackageIsEnough() throws Exception {
        Class<? extends Record> query = query("module weather.app { opens weather.tools; }");
        assertThat(FunctionTool.of("get_weather", "", query).decode("{\"city\":\"Porto\"}"))
                .hasToString("Query[city=Porto]");
    }

    private Class<? extends Record> query(String moduleInfo) throws IOException, ClassNotFoundException {
        Path module = Files.writeString(folder.resolve("module-info.java"), moduleInfo);
        Path record =
                Files.writeString(folder.resolve("Query.java"), "package weather.tools; record Query(String city) {}");
        String[] arguments = {"-d", folder.resolve("out").toString(), module.toString(), record.toString()};
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(compiler.run(System.out, System.err, arguments)).isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolve(ModuleFinder.of(folder.resolve("out")), ModuleFinder.of(), Set.of("weather.app"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, null);
        return layer.findLoader("weather.app").loadClass("weather.tools.Query").asSubclass(Record.class);
    }
}
