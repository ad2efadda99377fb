#!/usr/bin/env node
// There before anything is built, so that an installation of the workspace can link to it.
import '../dist/command/main.js';
