-- What the accountants ask for on Mondays; nothing else reads it.
CREATE FUNCTION week_of(day date) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN to_char(day, 'IYYY-"W"IW'); -- ISO weeks; they start on Monday
END;
$$;

CREATE VIEW "WeeklyReport" AS
SELECT p."Code", week_of(e."Day") AS "Week", sum(e."Minutes") / 60.0 AS "Hours"
FROM "TimeEntries" AS e
JOIN "Projects" AS p ON p."Id" = e."ProjectId"
GROUP BY p."Code", week_of(e."Day");

COMMENT ON VIEW "WeeklyReport" IS 'Hours a project and week; it''s for the accountants.';
