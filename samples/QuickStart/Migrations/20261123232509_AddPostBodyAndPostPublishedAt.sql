-- MigrationsBuild SQL 1
-- Migration: 20261123232509_AddPostBodyAndPostPublishedAt
-- Direction: up
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: fe2af04434b3bdf18260aa161e22f726392fc859f6d53ffa8c835be7e71cff5e
-- Source: 36d9448626e9ad863bbc480a51a46049e29e5f14274b484a9dc4851db9a4194b

ALTER TABLE "Posts" ADD "Body" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Posts" ADD "PublishedAt" TEXT NULL;
