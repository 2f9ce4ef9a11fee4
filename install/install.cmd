@echo off
rem Puts xlkpi into Excel for the person who starts this; no administrator rights are needed.
rem Finds a Python that will do and hands over to setup_excel.py, which knows the rest.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONUTF8=1"

rem The launcher of python.org takes the newest Python it knows.
py -3 "%HERE%setup_excel.py" --suits >nul 2>nul && goto :launcher

rem Then what stands in the path; what Windows only offers to fetch from the Store answers with an error here.
for %%P in (python3.exe python.exe) do (
  for /f "delims=" %%F in ('where %%P 2^>nul') do (
    call :try "%%~F" && goto :found
  )
)

rem Then where python.org and uv put it for one person.
for /d %%D in ("%LOCALAPPDATA%\Programs\Python\Python3*" "%APPDATA%\uv\python\cpython-3*") do (
  call :try "%%~D\python.exe" && goto :found
)

echo No Python that will do was found: xlkpi needs Python 3.11 or later, and not the one of the Microsoft Store.
echo Install it from python.org (it needs no administrator rights) or your software centre, then start this again.
set "CODE=3"
goto :say

:launcher
py -3 "%HERE%setup_excel.py" %*
set "CODE=%ERRORLEVEL%"
goto :say

:found
"%FOUND%" "%HERE%setup_excel.py" %*
set "CODE=%ERRORLEVEL%"

:say
echo.
if "%XLKPI_NO_PAUSE%"=="" pause
exit /b %CODE%

:try
set "FOUND=%~1"
if not exist "%FOUND%" exit /b 1
"%FOUND%" "%HERE%setup_excel.py" --suits >nul 2>nul
exit /b %ERRORLEVEL%
