UPDATE "Projects" SET "ClosedBy" = 'unknown; before 2026' WHERE "ClosedOn" IS NOT NULL;

CREATE FUNCTION refuse_closed_project() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT 1 FROM "Projects" WHERE "Id" = NEW."ProjectId" AND "ClosedOn" < NEW."Day") THEN
        RAISE EXCEPTION 'The project is closed; % comes too late.', NEW."Day";
    END IF;
    RETURN NEW;
END;
$body$;

CREATE TRIGGER "TR_TimeEntries_Closed" BEFORE INSERT OR UPDATE ON "TimeEntries"
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_project() -- also for corrections; they come late most of all
