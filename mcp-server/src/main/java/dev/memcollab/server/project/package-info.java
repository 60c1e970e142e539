/// Whose memory a directory's work belongs to.
///
/// [ProjectFinder][dev.memcollab.server.project.ProjectFinder] turns a directory, or a root that a
/// client tells, into a project: the remote of the git work tree around it, else the work tree's
/// path, else the directory's. It only reads small files; no git is started.
@NullMarked
package dev.memcollab.server.project;

import org.jspecify.annotations.NullMarked;
