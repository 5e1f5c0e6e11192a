// The exchange of two names in one step, which the C library has since 2.28 and the Swift overlay leaves out.
#ifndef GYRE_CRENAME_SHIM_H
#define GYRE_CRENAME_SHIM_H

int renameat2(int, const char *, int, const char *, unsigned int);

#endif
