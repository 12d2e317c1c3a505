/* A program of Windows for scripts/start_bat.py: python.exe, py.exe, streamlit.exe, winget.exe, fc.exe and where.exe,
 * told apart by its own name.
 *
 * Notes its name and arguments in the file STAND_IN_NOTES. Ends with the number after "<what was asked>=" in
 * STAND_IN_ENDS, a list with semicolons, or with 0. `-m venv FOLDER` leaves copies of itself there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static const char *name_of(char *path) {
    char *slash = strrchr(path, '\\');
    char *name = slash ? slash + 1 : path;
    char *dot = strrchr(name, '.');
    if (dot) *dot = 0;
    return _strlwr(name);
}

static int same(const char *one, const char *other) {
    char a[1 << 16], b[1 << 16];
    FILE *first = fopen(one, "rb"), *second = fopen(other, "rb");
    if (!first || !second) return 0;
    size_t n = fread(a, 1, sizeof a, first), m = fread(b, 1, sizeof b, second);
    fclose(first), fclose(second);
    return n == m && !memcmp(a, b, n);
}

int main(int argc, char **argv) {
    char self[MAX_PATH], copy[8192], asked[4096] = "";
    GetModuleFileNameA(NULL, self, sizeof self);
    strcpy(copy, self);
    strcat(asked, name_of(copy));
    for (int at = 1; at < argc; at++) {
        strcat(asked, " ");
        strcat(asked, strstr(argv[at], "version_info") ? "VERSION" : argv[at]);
    }
    FILE *notes = fopen(getenv("STAND_IN_NOTES"), "a");
    fprintf(notes, "%s\n", asked);
    fclose(notes);
    if (!strncmp(asked, "fc ", 3)) return !same(argv[argc - 2], argv[argc - 1]);
    if (strstr(asked, "-m venv")) {
        CreateDirectoryA(".venv", NULL), CreateDirectoryA(".venv\\Scripts", NULL);
        CopyFileA(self, ".venv\\Scripts\\python.exe", FALSE);
        CopyFileA(self, ".venv\\Scripts\\streamlit.exe", FALSE);
    }
    if (strstr(asked, "schemes.paths")) puts("C:\\Users\\somebody\\data");
    char *ends = strdup(getenv("STAND_IN_ENDS") ? getenv("STAND_IN_ENDS") : "");
    for (char *one = strtok(ends, ";"); one; one = strtok(NULL, ";")) {
        char *number = strchr(one, '=');
        if (!number) continue;
        *number = 0;
        if (strstr(strcat(strcpy(copy, asked), " "), one)) return atoi(number + 1);
    }
    return 0;
}
