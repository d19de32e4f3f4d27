-- MigrationsBuild SQL 1
-- Migration: 20261122111003_InitialCreate
-- Direction: up
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: 8b8dccf69709448e567cb6b2e9142ef2124c3d3686729805bf65df14a2abfdfb
-- Source: 1b8f15a470f76eb021ac38ec41222ea9002046f3f588295ae45bdca72adb3738

CREATE TABLE "Users" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL
);

CREATE TABLE "Posts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Posts" PRIMARY KEY AUTOINCREMENT,
    "Title" TEXT NOT NULL,
    "AuthorId" INTEGER NOT NULL,
    CONSTRAINT "FK_Posts_Users_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_Posts_AuthorId" ON "Posts" ("AuthorId");
