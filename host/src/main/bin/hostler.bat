@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Windows: "init", "run" (in a window of its own), "stop", "status" and "exec" work; "start",
rem "restart" and "shell" need a POSIX system. Not tested there.
setlocal
for %%i in ("%~dp0..") do set "HOSTLER_HOME=%%~fi"
set "JAVA=java"
if not "%JAVA_HOME%"=="" set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" %JAVA_OPTS% "-Dhostler.home=%HOSTLER_HOME%" -cp "%HOSTLER_HOME%\lib\hostler.jar" org.hostler.host.Main %*
exit /b %ERRORLEVEL%
