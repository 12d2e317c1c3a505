@echo off
rem Sets up what is missing and starts AnBiao. Double-click it; "start.bat class" serves a room.
chcp 65001 >nul
setlocal
cd /d "%~dp0"

set "PYTHON="
for %%P in ("py -3" "python") do (
  if not defined PYTHON (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%~P"
  )
)
if not defined PYTHON (
  echo 没有找到 Python 3.11 或更新版本。
  where winget >nul 2>nul && (
    choice /c YN /m "现在自动安装 Python（用系统自带的 winget）"
    if not errorlevel 2 (
      winget install --exact --id Python.Python.3.13 --accept-source-agreements --accept-package-agreements || goto failed
      echo 装好了。请关闭本窗口，再双击本文件。
      pause
      exit /b 0
    )
  )
  echo 请从 https://www.python.org/downloads/windows/ 安装，安装时勾选 “Add python.exe to PATH”，然后再双击本文件。
  pause
  exit /b 1
)

fc /b requirements.txt .venv\installed.txt >nul 2>nul
if errorlevel 1 (
  echo 第一次启动，正在安装所需组件，请稍候……
  %PYTHON% -m venv .venv || goto failed
  .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check -r requirements.txt || goto failed
  copy /y requirements.txt .venv\installed.txt >nul
)

echo 填写的内容保存在（换新版本时不会动它）：
.venv\Scripts\python.exe -m schemes.paths
echo 换新版本：把新版本解压到别处，双击那里的 start.bat。换电脑：用首页的“备份与恢复”。
if /i "%~1"=="class" (
  .venv\Scripts\python.exe -m server.classroom || goto failed
  exit /b 0
)
echo 正在启动。浏览器会自动打开；用完后关闭本窗口即可。
.venv\Scripts\streamlit.exe run server.py
if errorlevel 1 goto failed
exit /b 0

:failed
echo.
echo 没有成功。请检查网络后再双击本文件；仍不行，请把本窗口的内容发给技术人员。
echo 下载很慢或失败时，可以改用离您近的软件包镜像：向网络管理员问到它的地址，在命令窗口里先运行
echo   set PIP_INDEX_URL=镜像地址
echo 再在同一个窗口里运行 start.bat。
pause
exit /b 1
