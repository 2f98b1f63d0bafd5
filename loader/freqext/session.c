// SPDX-License-Identifier: GPL-2.0-only
#include "session.h"

#include <string.h>

#include "before.h"

const struct option_row policy_options[] = {
	{ "policy", 'P', "POLICIES", "policies that are to have it, such as 0,2; all by default",
	  option_string, offsetof(struct session, policy_list) },
	{ 0 }
};

static int read_policies(struct session *session, struct fail *why)
{
	policies_free(&session->policies);
	return policies_read(&session->policies, why) ||
	       policies_choose(&session->policies, session->policy_list, why) ? -1 : 0;
}

static int check_policies(const struct session *session, struct fail *why)
{
	for (size_t i = 0; i < session->policies.nr; i++)
		if (policy_governs_itself(&session->policies.v[i]))
			return policy_refuse(&session->policies.v[i], why);
	return 0;
}

int session_attach(struct session *session, const char *what, uint32_t command, struct fail *why)
{
	struct governor *gov = &session->gov;

	if (governor_open(gov, what, session->verbose, why) ||
	    configure(gov, &session->vips, why) || read_policies(session, why) ||
	    check_policies(session, why))
		return -1;
	if (policy_offers(&session->policies.v[0], gov->name))
		return fail(why, "a governor '%s' is there already: 'freqext unload %s' removes one that freqext has loaded",
			    gov->name, gov->name);
	/* one that was killed has left policies in fallback: what they had before is meant */
	if (before_restore(gov->name, why) < 0 || read_policies(session, why))
		return -1;
	if (governor_load(gov, why) || configure_maps(gov, &session->vips, command, why))
		return -1;
	return governor_attach(gov, why);
}

int session_select(struct session *session, struct fail *why)
{
	struct fail unused;

	if (before_save(session->gov.name, &session->policies, why))
		return -1;
	for (size_t i = 0; i < session->policies.nr; i++)
		if (policy_set(session->policies.v[i].number, session->gov.name, why)) {
			before_restore(session->gov.name, &unused);
			return -1;
		}
	return 0;
}

void session_close(struct session *session)
{
	governor_close(&session->gov);
	policies_free(&session->policies);
}
