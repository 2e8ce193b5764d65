-- What a bot at migration 0005 has left: one discussion to be opened, one that grows, an alert and a debrief to be told.
-- Nothing names its own id, so that sequences go on from here. Names in braces are filled in by the test.
INSERT INTO workspace (platform, external_id, settings, settings_version, last_case_number, created_at) VALUES
  ('slack', '{team}', '{{"language": "en", "alert_channel": "{alerts}"}}', 3, 2, '2026-02-02 09:00:00'),
  ('slack', 'T0NONE', '{{"alert_channel": ""}}', 2, 0, '2026-02-02 09:00:00'),
  ('slack', 'T0KNOWN', '{{"alert_channel": "C0KNOWN", "language": "nl"}}', 2, 0, '2026-02-02 09:00:00'),
  ('slack', 'T0NEVER', '{{}}', 1, 0, '2026-02-02 09:00:00');
INSERT INTO person (workspace_id, language, zone, is_reviewer, is_admin) VALUES
  (1, 'nl', 'Europe/Amsterdam', true, true), (1, 'en', 'Europe/London', false, false),
  (1, 'nl', 'Europe/Amsterdam', false, false);
INSERT INTO identity (workspace_id, person_id, platform, external_id) VALUES
  (1, 1, 'slack', '{anna}'), (1, 2, 'slack', '{ben}'), (1, 3, 'slack', '{carla}');
INSERT INTO place (workspace_id, platform, external_id, state) VALUES
  (1, 'slack', '{general}', 'open'), (3, 'slack', 'C0KNOWN', 'open');
INSERT INTO client (workspace_id, name, stage, alerted, rank, owner_id, agreement_kind, notice_days, created_at) VALUES
  (1, 'Acme', 'in_review', 2, 0, 3, 'unknown', NULL, '2026-02-02 09:00:00'),
  (1, 'Beta', 'in_review', 0, 0, 3, 'open_ended', 30, '2026-02-02 09:00:00'),
  (1, 'Gamma', 'parted', 0, 0, 3, 'unknown', NULL, '2026-02-02 09:00:00');
INSERT INTO client_name (workspace_id, client_id, name, normalized, is_alias) VALUES
  (1, 1, 'Acme', 'acme', false), (1, 2, 'Beta', 'beta', false), (1, 3, 'Gamma', 'gamma', false);
INSERT INTO flag (workspace_id, client_id, reporter_id, state, category, severity, happened_on, recorded_at,
  what_happened, my_view, signals, links, witness_count, withdrawn_reason) VALUES
  (1, 1, 2, 'open', 'disrespect', 4, '2026-02-27', '2026-02-27 09:00:00', 'Shouted at me.', '', '[]', '[]', 0, ''),
  (1, 2, 2, 'open', 'haggling', 1, '2026-02-27', '2026-02-27 09:00:00', 'Wants half off.', '', '[]', '[]', 0, '');
INSERT INTO alert (workspace_id, client_id, level, rule, figures, state, raised_at, post_at) VALUES
  (1, 1, 2, 'unacceptable', '{{"score": 8, "flags": 1, "people": 1}}', 'open', '2026-02-27 09:00:00', '2026-02-27 09:00:00');
INSERT INTO discussion (workspace_id, client_id, number, style, state, opened_at, views_by, opened_by_id, alert_id, place_id)
  VALUES
  (1, 1, 1, 'channel', 'open', '2026-02-27 09:00:00', '2026-03-09', NULL, 1, NULL),
  (1, 2, 2, 'channel', 'open', '2026-02-20 09:00:00', '2026-03-09', 1, NULL, 1);
INSERT INTO discussion_person (discussion_id, person_id, state) VALUES
  (1, 1, 'wanted'), (1, 2, 'wanted'), (1, 3, 'wanted'), (2, 1, 'invited'), (2, 3, 'wanted');
INSERT INTO evaluation_round (discussion_id, number, begun_at, views_by, shown_as) VALUES
  (1, 1, '2026-02-27 09:00:00', '2026-03-09', 'names'), (2, 1, '2026-02-20 09:00:00', '2026-03-09', 'names');
INSERT INTO debrief (workspace_id, client_id, state, local_at, zone, starts_at, sequence, uid, planned_by_id, planned_at)
  VALUES (1, 3, 'planned', '2026-03-06 10:00:00', 'Europe/Amsterdam', '2026-03-06 09:00:00', 0, 'u1', 1, '2026-02-27 09:00:00');
INSERT INTO outbox (id, workspace_id, lane, kind, subject, payload, state, due_at, put_at, attempts, maybe_sent, reason, done_at)
  VALUES
  ('i01', 1, 'alert:1', 'alert_card', '{{"alert_id":1}}', '{{"alert_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i02', 1, 'discussion:1', 'discussion_channel', '{{"discussion_id":1}}', '{{"discussion_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i03', 1, 'discussion:1', 'discussion_topic', '{{"discussion_id":1}}', '{{"discussion_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i04', 1, 'discussion:1', 'discussion_invite', '{{"discussion_id":1}}', '{{"discussion_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i05', 1, 'discussion:1', 'discussion_opening', '{{"discussion_id":1}}', '{{"discussion_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i06', 1, 'discussion:1', 'discussion_pin', '{{"discussion_id":1}}', '{{"discussion_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i07', 1, 'person:2:discussion:1', 'flag_enters_discussion',
   '{{"discussion_id":1,"person_id":2}}', '{{"discussion_id":1,"person_id":2}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i08', 1, 'discussion:2', 'discussion_invite', '{{"discussion_id":2}}', '{{"discussion_id":2}}',
   'parked', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, 'not_in_place', NULL),
  ('i09', 1, 'discussion:2', 'discussion_flag',
   '{{"discussion_id":2,"flag_id":2}}', '{{"discussion_id":2,"flag_id":2}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i10', 1, 'debrief:1', 'debrief_announcement', '{{"debrief_id":1}}', '{{"debrief_id":1}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i11', 1, 'debrief:1', 'debrief_calendar', '{{"debrief_id":1,"sequence":0}}', '{{"debrief_id":1,"sequence":0}}',
   'pending', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 0, false, NULL, NULL),
  ('i12', 1, 'discussion:9', 'discussion_pin', '{{"discussion_id":9}}', '{{"discussion_id":9}}',
   'dead', '2026-02-20 09:00:00', '2026-02-20 09:00:00', 8, false, 'gave_up', '2026-02-20 09:00:00');
INSERT INTO outbox (id, workspace_id, lane, kind, subject, payload, state, due_at, put_at, attempts, maybe_sent, reason, code, done_at)
  VALUES
  ('i13', 1, 'person:3:alert:1', 'owner_alerted', '{{"alert_id":1,"person_id":3}}', '{{"alert_id":1,"person_id":3}}',
   'dead', '2026-02-27 09:00:00', '2026-02-27 09:00:00', 8, false, 'gave_up', 'platform_down', '2026-02-27 10:00:00');
