@echo off
rem Runs the realtime command; builds it first where that is needed.
setlocal EnableExtensions DisableDelayedExpansion

set "MAIN=io.github.realtime4j.cli.Main"
set "OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable --enable-native-access=ALL-UNNAMED"
set "ROOT=%~dp0"
set "WORK=%ROOT%target\realtime"

call :find_java || exit /b 70
if not exist "%WORK%" md "%WORK%" 2>nul
if not exist "%WORK%" call :fail "cannot write to %WORK%; copy the project to a directory of your own" & exit /b 70

set "WAITED=0"
:ready
call :is_stale
if not defined STALE goto :start
rem The lock is the open file itself, so that it goes with its process.
set "OWNED="
set "FAILED="
8>&2 2>nul ( 9>"%WORK%\lock" ( 2>&8 call :build ) )
if defined FAILED exit /b 70
if defined OWNED goto :ready
if "%WAITED%"=="0" echo realtime4j: waiting for another build>&2
set /a WAITED+=1
if %WAITED% gtr 900 call :fail "still waiting for another build in %WORK%" & exit /b 70
ping -n 2 127.0.0.1 >nul
goto :ready

:start
set /p APP=<"%WORK%\current"
set "APP=%WORK%\%APP%"
set "ARCHIVE=%APP%\%JAVA_VERSION%.jsa"
if not exist "%ARCHIVE%" goto :plain
"%JAVA%" %OPTIONS% "-XX:SharedArchiveFile=%ARCHIVE%" -cp "%APP%\*" %MAIN% %*
exit /b %ERRORLEVEL%
:plain
"%JAVA%" %OPTIONS% -cp "%APP%\*" %MAIN% %*
exit /b %ERRORLEVEL%

:fail
echo realtime4j: %~1>&2
exit /b 70

rem --- Java ---

:find_java
set "JAVA="
set "JAVA_VERSION="
if defined JAVA_HOME (
    set "JAVA=%JAVA_HOME%\bin\java.exe"
) else (
    for /f "delims=" %%j in ('where java.exe 2^>nul') do if not defined JAVA set "JAVA=%%j"
)
if not defined JAVA call :fail "no Java found; install a JDK 17 or later, or set JAVA_HOME to one" & exit /b 70
if not exist "%JAVA%" call :fail "JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe; set it to a JDK 17 or later" & exit /b 70
for %%d in ("%JAVA%\..\..") do set "RELEASE=%%~fd\release"
if exist "%RELEASE%" (
    for /f "usebackq tokens=1,2 delims==" %%k in ("%RELEASE%") do if "%%k"=="JAVA_VERSION" set "JAVA_VERSION=%%~l"
)
if not defined JAVA_VERSION (
    for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1 ^| findstr /c:" version ""') do set "JAVA_VERSION=%%~v"
)
set "MAJOR=0"
for /f "tokens=1 delims=.-+_" %%m in ("%JAVA_VERSION%") do set "MAJOR=%%m"
set /a MAJOR=MAJOR 2>nul
if %MAJOR% lss 17 call :fail "this is Java %JAVA_VERSION% (%JAVA%); install a JDK 17 or later, or set JAVA_HOME to one" & exit /b 70
exit /b 0

rem --- Build ---

:is_stale
set "STALE="
if not exist "%WORK%\current" set "STALE=yes" & exit /b 0
set "SEEN=%WORK%\sources.%RANDOM%%RANDOM%.tmp"
call :list_sources >"%SEEN%" 2>nul
rem A directory that cannot be written cannot be built in either.
if not exist "%SEEN%" exit /b 0
fc /b "%SEEN%" "%WORK%\sources" >nul 2>nul || set "STALE=yes"
del "%SEEN%" 2>nul
exit /b 0

rem Time, size and name of all that the build reads.
:list_sources
for %%f in ("%ROOT%pom.xml") do echo %%~tf %%~zf %%f
for /d %%m in ("%ROOT%realtime4j*") do call :list_module "%%m"
exit /b 0

:list_module
for %%f in ("%~1\pom.xml") do echo %%~tf %%~zf %%f
if exist "%~1\src\main" for /r "%~1\src\main" %%f in (*) do echo %%~tf %%~zf %%f
exit /b 0

:build
set "OWNED=yes"
call :is_stale
if not defined STALE exit /b 0
where mvn >nul 2>nul
if errorlevel 1 (
    call :fail "Maven is needed to build the realtime command; install Maven 3.8.6 or later so that mvn is on the PATH"
    set "FAILED=yes"
    exit /b 0
)
if exist "%WORK%\current" (
    echo realtime4j: sources have changed, building...>&2
) else (
    echo realtime4j: first use, building ^(about a minute^)...>&2
)
set "STARTED=%WORK%\sources.started.tmp"
call :list_sources >"%STARTED%"
for /d %%m in ("%ROOT%realtime4j*") do if exist "%%m\target\launcher" rd /s /q "%%m\target\launcher"
pushd "%ROOT%"
call mvn -B -Dstyle.color=never -P launcher package -pl realtime4j-cli -am >"%WORK%\build.log" 2>&1 <nul
set "RESULT=%ERRORLEVEL%"
popd
if not "%RESULT%"=="0" (
    findstr /b /c:"[ERROR]" "%WORK%\build.log" >&2
    call :fail "the build failed; everything Maven said is in %WORK%\build.log"
    set "FAILED=yes"
    exit /b 0
)
set "NAME=app-%RANDOM%%RANDOM%"
md "%WORK%\%NAME%"
copy /y "%ROOT%realtime4j-cli\target\launcher\lib\*.jar" "%WORK%\%NAME%" >nul
copy /y "%ROOT%realtime4j-cli\target\launcher\realtime4j-cli-*.jar" "%WORK%\%NAME%" >nul
call :train
rem Former builds stay where a process still uses them.
for /d %%a in ("%WORK%\app-*") do if /i not "%%~nxa"=="%NAME%" rd /s /q "%%a" 2>nul
move /y "%STARTED%" "%WORK%\sources" >nul
>"%WORK%\current" echo %NAME%
exit /b 0

rem Archives the classes of one short conversation with the embedded server, so that the JVM need not parse them again.
:train
setlocal
set "OPENAI_API_KEY="
set "OPENAI_BASE_URL="
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
"%JAVA%" %OPTIONS% "-XX:ArchiveClassesAtExit=%WORK%\%NAME%\%JAVA_VERSION%.jsa" -cp "%WORK%\%NAME%\*" %MAIN% ask --timeout 10 Hello <nul >nul 2>nul
endlocal
exit /b 0
