-- Imprecision at a baseline risk was an answer; it is a judged part of its domain now, so that it is
-- compared and settled as other judgements are.
INSERT INTO judgement (id, assessment, domain, part, level)
  SELECT id, assessment, domain, question, response FROM answer
  WHERE domain = 'imprecision' AND question LIKE 'at/%' AND response IS NOT NULL;
DELETE FROM answer WHERE domain = 'imprecision' AND question LIKE 'at/%';

-- What happens in a synthesis in words, as the team says it in the statement.
ALTER TABLE narrative ADD COLUMN verb TEXT NOT NULL DEFAULT '';
ALTER TABLE narrative ADD COLUMN verb_infinitive TEXT NOT NULL DEFAULT '';
