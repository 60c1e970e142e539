@echo off
rem Starts MemCollab on Windows: finds a JDK, builds at first use in a checkout, runs java.
rem The same variables and the same .app directory as in the launcher for sh, `memcollab`.
rem stdout belongs to the program: all that is said here goes to stderr.
setlocal EnableExtensions DisableDelayedExpansion
set "oldest_jdk=25"
set "build_jdk=25"
set "root=%~dp0"
set "root=%root:~0,-1%"
set "apps=%root%\.app"
set "log=%apps%\build.log"

call :require_jdk
if errorlevel 1 exit /b 1
set "java=%jdk%\bin\java.exe"
set "java_version=%version%"
set "flags=--add-modules jdk.incubator.vector -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0 -XX:CompileCommand=quiet -XX:CompileCommand=dontinline,*Tiles::* --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xlog:disable -Xlog:all=warning:stderr -XX:+DisplayVMOutputToStderr -XX:+UseSerialGC -Xms32m -Xmx1536m -XX:MaxDirectMemorySize=1536m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps -XX:+ExitOnOutOfMemoryError"

call :read_current
if "%~1"=="hook" if not defined current exit /b 0
set "rebuild=%MEMCOLLAB_REBUILD%"
if "%rebuild%"=="0" set "rebuild="
if "%~1"=="--rebuild" set "rebuild=1"
if not defined current set "rebuild=1"
if defined rebuild call :ensure_built
if errorlevel 1 exit /b 1
if "%~1"=="--rebuild" exit /b 0

set "archive=%apps%\%current%\%java_version%.jsa"
if not exist "%archive%" goto :without_archive
"%java%" %flags% "-XX:SharedArchiveFile=%archive%" "-Xlog:cds*=off,aot*=off:stderr" "-Dmemcollab.launcher=%~f0" %MEMCOLLAB_JAVA_OPTS% -cp "%apps%\%current%\*" dev.memcollab.cli.Main %*
exit /b %errorlevel%
:without_archive
"%java%" %flags% "-Dmemcollab.launcher=%~f0" %MEMCOLLAB_JAVA_OPTS% -cp "%apps%\%current%\*" dev.memcollab.cli.Main %*
exit /b %errorlevel%

:require_jdk
set "jdk="
set "newest=999"
set "tool=java"
if not defined MEMCOLLAB_JAVA_HOME goto :search
call :consider "%MEMCOLLAB_JAVA_HOME%"
if defined jdk exit /b 0
>&2 echo memcollab: MEMCOLLAB_JAVA_HOME must be the home of a JDK %oldest_jdk% or newer, got %MEMCOLLAB_JAVA_HOME%
exit /b 1
:search
call :find_jdk
if defined jdk exit /b 0
>&2 echo memcollab: no JDK %oldest_jdk% or newer found: install one (https://adoptium.net has Temurin %build_jdk%) or set MEMCOLLAB_JAVA_HOME to its home.
exit /b 1

rem Sets jdk to the first that fits oldest_jdk, newest and tool.
:find_jdk
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :consider "%%~dpj.."
if defined MEMCOLLAB_JDK_PLACES (
    for %%p in ("%MEMCOLLAB_JDK_PLACES:;=" "%") do call :consider_children "%%~p"
    exit /b 0
)
for %%p in (
    "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft"
    "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft"
    "%ProgramFiles%\OpenJDK" "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
    "%USERPROFILE%\.jdks" "%USERPROFILE%\.gradle\jdks" "%USERPROFILE%\scoop\apps"
) do call :consider_children "%%~p"
exit /b 0

:consider_children
if defined jdk exit /b 0
for /d %%d in ("%~1\*") do (
    call :consider "%%~d"
    call :consider "%%~d\current"
)
exit /b 0

rem Sets jdk to the directory given if none is set and it fits.
:consider
if defined jdk exit /b 0
if not exist "%~1\bin\%tool%.exe" exit /b 0
set "version="
if exist "%~1\release" for /f "usebackq tokens=2 delims==" %%v in (`findstr /b /c:"JAVA_VERSION=" "%~1\release"`) do set "version=%%~v"
if not defined version for /f "usebackq tokens=3" %%v in (`""%~1\bin\java.exe" -version 2>&1 | findstr /c:" version ""`) do set "version=%%~v"
if not defined version exit /b 0
set "major="
for /f "tokens=1 delims=.-+_" %%m in ("%version%") do set "major=%%m"
if not defined major exit /b 0
if %major% geq %oldest_jdk% if %major% leq %newest% set "jdk=%~f1"
exit /b 0

:read_current
set "current="
if exist "%apps%\current" set /p current=<"%apps%\current"
if defined current if not exist "%apps%\%current%\" set "current="
exit /b 0

rem Builds once however many ask: the system holds the lock for as long as the file is open.
:ensure_built
if exist "%root%\pom.xml" goto :with_sources
>&2 echo memcollab: there is neither a build in %apps% nor the sources to make one: install it again.
exit /b 1
:with_sources
if not exist "%apps%" mkdir "%apps%"
set "before=%current%"
set "result="
set "waited="
:try_lock
8>&2 2>nul (
    9>"%apps%\lock.cmd" (
        2>&8 call :build
    )
)
if "%result%"=="built" exit /b 0
if "%result%"=="failed" exit /b 1
if not defined waited >&2 echo memcollab: waiting for the build that another process makes
set "waited=1"
rem `timeout` refuses to wait where stdin is no console.
ping -n 2 127.0.0.1 >nul
goto :try_lock

:build
call :read_current
if not "%current%"=="%before%" (
    set "result=built"
    exit /b 0
)
set "result=failed"
set "runtime=%jdk%"
set "jdk="
set "newest=%build_jdk%"
set "tool=javac"
call :consider "%runtime%"
call :find_jdk
if not defined jdk (
    >&2 echo memcollab: to build, a JDK %build_jdk% is needed and none was found: install one ^(https://adoptium.net has Temurin %build_jdk%^) or set JAVA_HOME to its home.
    exit /b 1
)
set "maven=mvn"
where mvn >nul 2>nul || set "maven=%root%\mvnw.cmd"
if not "%maven%"=="mvn" if not exist "%maven%" (
    >&2 echo memcollab: this checkout is not built and Maven is missing: install Maven 3.8.7 or newer.
    exit /b 1
)
>&2 echo memcollab: building in %root% (the first time, Maven fetches the libraries, which may take minutes)
set "partial=%apps%\partial"
if exist "%partial%" rd /s /q "%partial%"
mkdir "%partial%"
set "JAVA_HOME=%jdk%"
pushd "%root%"
call "%maven%" -B -pl mcp-server -am -DskipTests "-Dapp.directory=%partial%" package <nul >"%log%" 2>&1
set "status=%errorlevel%"
popd
if not "%status%"=="0" goto :build_failed
set "program="
for /f "delims=" %%f in ('dir /b /od "%root%\mcp-server\target\mcp-server-*.jar" 2^>nul ^| findstr /v /c:"-tests.jar" /c:"-sources.jar" /c:"-javadoc.jar"') do set "program=%%f"
if not defined program goto :build_failed
copy /y "%root%\mcp-server\target\%program%" "%partial%\" >nul || goto :build_failed
set "built=build-%RANDOM%%RANDOM%"
move "%partial%" "%apps%\%built%" >nul || goto :build_failed
rem Lets the new build serve a scripted client once, and the JVM archive the classes that took.
set "archive=%apps%\%built%\%java_version%.jsa"
"%java%" %flags% "-XX:ArchiveClassesAtExit=%archive%.new" "-Xlog:cds*=error,aot*=error:stderr" -cp "%apps%\%built%\*" dev.memcollab.cli.Main rehearse "%apps%\%built%\rehearsal" <nul >>"%log%" 2>&1 && move /y "%archive%.new" "%archive%" >nul 2>nul
if exist "%archive%.new" del "%archive%.new"
if exist "%apps%\%built%\rehearsal" rd /s /q "%apps%\%built%\rehearsal"
>"%apps%\current.new" echo %built%
move /y "%apps%\current.new" "%apps%\current" >nul || goto :build_failed
set "current=%built%"
rem A build that a JVM runs has open files and cannot be renamed.
for /d %%d in ("%apps%\build-*") do if not "%%~nxd"=="%built%" if not "%%~nxd"=="%before%" (
    ren "%%~fd" "old-%%~nxd" 2>nul && rd /s /q "%apps%\old-%%~nxd"
)
set "result=built"
exit /b 0

:build_failed
if exist "%log%" findstr /b /c:"[ERROR]" "%log%" >&2
>&2 echo memcollab: the build failed; all of it is in %log%
exit /b 1
