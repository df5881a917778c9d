set local role programme_owner;

-- A token acts for whoever made it, who may be one that signs off for a municipality.
alter table access.service_tokens add signs boolean not null default false;
grant insert (signs) on access.service_tokens to programme_app;

-- What a council member is recused from and has reviewed, asked with every question of a member. What was struck counts as well.
create index events_about_members on store.events (tenant, (body ->> 'member'))
 where type in ('member-recused', 'recusal-withdrawn', 'council-affiliation-noted', 'council-affiliation-ended', 'review-begun');

-- Which rounds there are, and what of them is published, asked with it.
create index events_of_intake on store.events (tenant, type)
 where type in ('round-opened', 'decisions-published', 'municipality-admitted', 'recommendation-given', 'recommendation-noted', 'council-meeting-closed');
